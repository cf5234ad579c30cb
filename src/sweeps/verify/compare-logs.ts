import { isDeepStrictEqual } from 'node:util';
import type { RunEvent } from '../../core/run-folder/event.js';

/** What two logs of a run are compared in. */
export const FINDING_KINDS = ['epochs', 'samples', 'evaluations', 'checkpoints', 'end'] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** How one kind of finding compares. */
export interface Comparison {
  readonly kind: FindingKind;
  /** Findings in either log. */
  readonly count: number;
  /** Names of those that are not the same in both, such as `epoch 3`. */
  readonly differing: readonly string[];
}

interface Finding {
  readonly kind: FindingKind;
  readonly name: string;
  readonly value: unknown;
}

/**
 * Compares what two logs of the same configuration found out, to the last bit: scores, texts, hashes of checkpoints.
 * Times, durations and interruptions do not count, and of what was told twice the later one does.
 */
export function compareLogs(
  recorded: readonly RunEvent[],
  repeated: readonly RunEvent[],
): readonly Comparison[] {
  const one = findingsOf(recorded);
  const other = findingsOf(repeated);
  const names = [...new Set([...one.keys(), ...other.keys()])];
  return FINDING_KINDS.map((kind) => {
    const ofKind = names.filter((name) => (one.get(name) ?? other.get(name))?.kind === kind);
    const differing = ofKind.filter(
      (name) => !isDeepStrictEqual(one.get(name)?.value, other.get(name)?.value),
    );
    return { kind, count: ofKind.length, differing };
  });
}

function findingsOf(events: readonly RunEvent[]): Map<string, Finding> {
  const findings = new Map<string, Finding>();
  for (const event of events) {
    const finding = toFinding(event);
    if (finding !== null) findings.set(finding.name, finding);
  }
  return findings;
}

function toFinding(event: RunEvent): Finding | null {
  switch (event.type) {
    case 'epoch': {
      const { epoch, step, train, val, improved } = event;
      return { kind: 'epochs', name: `epoch ${epoch}`, value: { step, train, val, improved } };
    }
    case 'samples': {
      const { stage, epoch, temperature, texts } = event;
      const when = stage === 'final' ? 'of the best model' : `after epoch ${epoch}`;
      return { kind: 'samples', name: `texts ${when} at ${temperature}`, value: texts };
    }
    case 'evaluated': {
      const { split, epoch, nll, top1 } = event;
      return { kind: 'evaluations', name: `${split} scores`, value: { epoch, nll, top1 } };
    }
    case 'checkpoint': {
      const { kind, epoch, bytes, sha256 } = event;
      const name = `checkpoint ${kind} of epoch ${epoch}`;
      return { kind: 'checkpoints', name, value: { bytes, sha256 } };
    }
    case 'completed':
      return { kind: 'end', name: 'the end', value: event.reason };
    case 'diverged':
      return { kind: 'end', name: 'the end', value: { epoch: event.epoch, nll: event.nll } };
    // Counted from the texts alone, whose fingerprint is part of the run.
    case 'baselines':
    case 'started':
    case 'progress':
    case 'failed':
    case 'stopped':
      return null;
  }
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runId } from '../config/run-key.js';
import type { ModelConfig, RunConfig } from '../config/run-schema.js';
import { SweepError } from '../errors.js';
import { lastAttempt } from './attempts.js';
import { findCheckpoints } from './begin-attempt.js';
import { type Checkpoint, hashCheckpoint, readCheckpoint } from './checkpoint.js';
import { listImprovements } from './improvements.js';
import type { CheckpointKind, ResultsPaths, RunPaths } from './paths.js';
import { readRunLog } from './run-log.js';
import { readMetadata } from './safetensors.js';

/** Which model of a run is meant: the best, the last, or that of an epoch, counted from 0. */
export type CheckpointChoice = CheckpointKind | number;

/** A trained model and where it comes from. */
export interface TrainedModel {
  readonly model: ModelConfig;
  readonly checkpoint: Checkpoint;
  /** `improvement`: it was the best for a time, and is kept. */
  readonly kind: CheckpointKind | 'improvement';
  /** The run that trained it: for a run that only samples, the one whose checkpoint it samples. */
  readonly trainedBy: string;
}

/** What identifies a run. */
export interface RunIdentity {
  readonly id: string;
  readonly key: string;
  readonly config: RunConfig;
}

/**
 * Reads a checkpoint of a run, also while the run goes on.
 *
 * @throws SweepError `bad-call` when the run has none yet or not that one, with those that there are; `bad-record` when
 *   it cannot be read
 */
export function readRunCheckpoint(
  results: ResultsPaths,
  run: RunIdentity,
  choice: CheckpointChoice,
): TrainedModel {
  const key = run.config.kind === 'sample' ? run.config.sourceKey : run.key;
  const trainedBy = runId(key);
  const kept = listModels(results.run(trainedBy));
  const found = kept.find(({ kind, epoch }) => choice === kind || choice === epoch);
  if (found === undefined) throw notThere(trainedBy, choice, kept);
  const { model } = run.config;
  const { kind, path } = found;
  return { model, checkpoint: readCheckpoint(path, model, key), kind, trainedBy };
}

/**
 * The file of the best checkpoint that a run's record names; null when there is none. What an attempt wrote after it was cut
 * off is not taken for it.
 */
export function findBestCheckpoint(run: RunPaths): string | null {
  const { events } = readRunLog(run);
  const best = events.findLast((event) => event.type === 'checkpoint' && event.kind === 'best');
  for (let number = lastAttempt(run); number > 0; number--) {
    const { checkpointBest } = run.attempt(number);
    if (!existsSync(checkpointBest)) continue;
    if (best?.type === 'checkpoint' && hashCheckpoint(readFileSync(checkpointBest)) === best.sha256)
      return checkpointBest;
  }
  return null;
}

/** A model in a run's folder. */
interface KeptModel {
  readonly kind: TrainedModel['kind'];
  readonly path: string;
  /** Null where the file does not say: it is damaged. */
  readonly epoch: number | null;
}

function listModels(run: RunPaths): KeptModel[] {
  const attempt = findCheckpoints(run, lastAttempt(run));
  if (attempt === null) return [];
  const { checkpoints, checkpointBest, checkpointLast } = attempt;
  const files = [
    { kind: 'best', path: checkpointBest },
    { kind: 'last', path: checkpointLast },
  ] as const;
  return [
    ...files
      .filter(({ path }) => existsSync(path))
      .map((file): KeptModel => ({ ...file, epoch: epochOf(file.path) })),
    ...listImprovements(attempt).map(({ epoch, file }): KeptModel => {
      return { kind: 'improvement', path: join(checkpoints, file), epoch };
    }),
  ];
}

function epochOf(path: string): number | null {
  const epoch = Number(readMetadata(path)?.['epoch'] ?? NaN);
  return Number.isInteger(epoch) ? epoch : null;
}

function notThere(
  trainedBy: string,
  choice: CheckpointChoice,
  kept: readonly KeptModel[],
): SweepError {
  const what =
    typeof choice === 'number' ? `checkpoint of epoch ${choice}` : `${choice} checkpoint`;
  return new SweepError('bad-call', {
    where: `run ${trainedBy}`,
    message: `there is no ${what}`,
    fix:
      kept.length === 0
        ? 'A run writes its first one after its first epoch; npx sweep ls shows how far each run is.'
        : `There is: ${kept.map(describe).join(', ')}. checkpoints.keep in a definition says what stays.`,
  });
}

function describe({ kind, epoch }: KeptModel): string {
  const named = epoch === null ? 'of an unknown epoch' : `epoch ${epoch}`;
  return kind === 'improvement' ? named : `${kind} (${named})`;
}

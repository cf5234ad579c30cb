import { runId, runKey } from '../../core/config/run-key.js';
import type { RunConfig } from '../../core/config/run-schema.js';
import type { RunState } from '../../core/run-folder/run-state.js';
import { isFinished, type RunHistory } from './history.js';
import type { PlanContext } from './sweep-plan.js';
import type { ResolvedRun } from './planned-run.js';

/** A run with its configuration, before anything is looked up. */
export interface RunToDescribe {
  readonly name: string;
  readonly changes: Readonly<Record<string, unknown>>;
  readonly replicate: number;
  readonly config: RunConfig;
  readonly parameters: number;
  readonly baseFolder: string;
}

/** Gives a run its key, and looks up what is already done of it and what the rest will take. */
export async function describeRun(
  run: RunToDescribe,
  { sweep, context }: { readonly sweep: string; readonly context: PlanContext },
): Promise<ResolvedRun> {
  const { config, baseFolder } = run;
  const facts =
    config.kind === 'train' ? await context.datasetFacts(config.dataset, baseFolder) : undefined;
  const dataFingerprint = facts?.fingerprint ?? null;
  const key = runKey(config, dataFingerprint);
  const id = runId(key);
  const known = context.history.find(id);
  return {
    ...run,
    key,
    id,
    dataFingerprint,
    status: statusOf(known?.state),
    state: known?.state,
    reusedFrom: (known?.sweeps ?? []).filter((name) => name !== sweep),
    sameAs: undefined,
    memoryBytes:
      config.kind === 'train'
        ? context.estimateMemory?.(config.model, config.train.batchSize)
        : undefined,
    expectedSeconds: expectSeconds(config, facts?.trainTexts, context.history),
  };
}

function statusOf(state: RunState | undefined): ResolvedRun['status'] {
  // A folder whose run never started holds nothing to go on from.
  if (state === undefined || state === 'planned' || state === 'waiting') return 'new';
  return isFinished(state) ? 'finished' : 'to-be-continued';
}

/** Upper bound: all epochs at the measured step time. */
function expectSeconds(
  config: RunConfig,
  trainTexts: number | undefined,
  history: RunHistory,
): number | undefined {
  if (config.kind !== 'train' || trainTexts === undefined) return undefined;
  const stepSeconds = history.stepSeconds(config);
  if (stepSeconds === undefined) return undefined;
  const steps = Math.ceil(trainTexts / config.train.batchSize);
  return config.train.maxEpochs * steps * stepSeconds;
}

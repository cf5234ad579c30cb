import { existsSync } from 'node:fs';
import { runId } from '../config/run-key.js';
import type { ModelConfig, RunConfig } from '../config/run-schema.js';
import { SweepError } from '../errors.js';
import { type Checkpoint, readCheckpoint } from './checkpoint.js';
import type { CheckpointKind, ResultsPaths } from './paths.js';

/** A trained model and where it comes from. */
export interface TrainedModel {
  readonly model: ModelConfig;
  readonly checkpoint: Checkpoint;
  readonly kind: CheckpointKind;
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
 * @throws SweepError `bad-call` when the run has none yet, `bad-record` when it cannot be read
 */
export function readRunCheckpoint(
  results: ResultsPaths,
  run: RunIdentity,
  kind: CheckpointKind,
): TrainedModel {
  const key = run.config.kind === 'sample' ? run.config.sourceKey : run.key;
  const trainedBy = runId(key);
  const paths = results.run(trainedBy);
  const file = kind === 'best' ? paths.checkpointBest : paths.checkpointLast;
  if (!existsSync(file))
    throw new SweepError('bad-call', {
      where: `run ${trainedBy}`,
      message: `there is no ${kind} checkpoint`,
      fix: existsSync(paths.checkpointBest)
        ? 'Its sweeps keep the best one only (checkpoints.keep in their definitions).'
        : 'A run writes its first one after its first epoch; npx sweep ls shows how far each run is.',
    });
  const { model } = run.config;
  return { model, checkpoint: readCheckpoint(file, model, key), kind, trainedBy };
}

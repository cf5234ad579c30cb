import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runId } from '../config/run-key.js';
import type { ModelConfig, RunConfig } from '../config/run-schema.js';
import { SweepError } from '../errors.js';
import { type Checkpoint, readCheckpoint } from './checkpoint.js';
import { listImprovements } from './improvements.js';
import type { CheckpointKind, ResultsPaths, RunPaths } from './paths.js';
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

/** A model in a run's folder. */
interface KeptModel {
  readonly kind: TrainedModel['kind'];
  readonly path: string;
  /** Null where the file does not say: it is damaged. */
  readonly epoch: number | null;
}

function listModels({ folder, checkpointBest, checkpointLast }: RunPaths): KeptModel[] {
  if (!existsSync(folder)) return [];
  const files = [
    { kind: 'best', path: checkpointBest },
    { kind: 'last', path: checkpointLast },
  ] as const;
  return [
    ...files
      .filter(({ path }) => existsSync(path))
      .map((file): KeptModel => ({ ...file, epoch: epochOf(file.path) })),
    ...listImprovements(folder).map(({ epoch, file }): KeptModel => {
      return { kind: 'improvement', path: join(folder, file), epoch };
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

import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isMissing } from '../errors.js';
import { keepAs } from './atomic-write.js';
import { type AttemptPaths, checkpointFile } from './paths.js';
import { improvementsKept, readRetention, type Retention } from './retention.js';
import { readMetadata } from './safetensors.js';

/** A model that was the best for a time and is kept. */
export interface Improvement {
  readonly epoch: number;
  /** Name of the file in the folder of checkpoints. */
  readonly file: string;
}

const NAME = /^epoch-(\d+)\.safetensors$/;

/** The kept models of earlier improvements, the latest first. The latest improvement of all is the best checkpoint. */
export function listImprovements({ checkpoints }: AttemptPaths): Improvement[] {
  const kept = namesIn(checkpoints).flatMap((file) => {
    const epoch = NAME.exec(file)?.[1];
    return epoch === undefined ? [] : [{ epoch: Number(epoch), file }];
  });
  return kept.sort((a, b) => b.epoch - a.epoch);
}

/** Whether a name in a folder of checkpoints is of a kept improvement. */
export function isImprovementFile(name: string): boolean {
  return NAME.test(name);
}

/** Name of the file that keeps the model of an improvement. */
export function improvementFile(epoch: number): string {
  return basename(checkpointFile(`epoch-${epoch}`));
}

/**
 * Gives the best checkpoint another name before it is replaced, if the run's sweeps want that. Doing it twice is the
 * same as once: when it is interrupted, the commit of the epoch does it again.
 */
export function keepReplacedBest(attempt: AttemptPaths): void {
  const { run, checkpoints, checkpointBest, checkpointLast } = attempt;
  if (improvementsKept(readRetention(run)) < 2 || !existsSync(checkpointBest)) return;
  const epoch = epochOf(checkpointBest);
  // Of this very epoch: it was replaced already.
  if (epoch === null || epoch === epochOf(checkpointLast)) return;
  keepAs(checkpointBest, join(checkpoints, improvementFile(epoch)));
}

/** The improvements that are more than wanted. */
export function supersededImprovements(attempt: AttemptPaths, keep: Retention): Improvement[] {
  return listImprovements(attempt).slice(improvementsKept(keep) - 1); // the best is one of them
}

/** Removes the improvements that are more than wanted. */
export function pruneImprovements(attempt: AttemptPaths): void {
  for (const { file } of supersededImprovements(attempt, readRetention(attempt.run)))
    rmSync(join(attempt.checkpoints, file), { force: true });
}

/** Removes the improvements from an epoch on: the run goes on before it and will have them again. */
export function dropImprovementsFrom(attempt: AttemptPaths, epoch: number): void {
  for (const improvement of listImprovements(attempt))
    if (improvement.epoch >= epoch)
      rmSync(join(attempt.checkpoints, improvement.file), { force: true });
}

/** The epoch that a checkpoint says it is of; null when it cannot be read. */
function epochOf(path: string): number | null {
  const epoch = readMetadata(path)?.['epoch'];
  return epoch === undefined || !/^\d+$/.test(epoch) ? null : Number(epoch);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (isMissing(error)) return []; // before the first checkpoint
    throw error;
  }
}

import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { keepAs } from './atomic-write.js';
import type { RunPaths } from './paths.js';
import { improvementsKept, readRetention, type Retention } from './retention.js';
import { readMetadata } from './safetensors.js';

/** A model that was the best for a time and is kept. */
export interface Improvement {
  readonly epoch: number;
  /** Name of the file in the run's folder. */
  readonly file: string;
}

const NAME = /^checkpoint-epoch-(\d+)\.safetensors$/;

/** The kept models of earlier improvements, the latest first. The latest improvement of all is the best checkpoint. */
export function listImprovements(folder: string): Improvement[] {
  const kept = readdirSync(folder).flatMap((file) => {
    const epoch = NAME.exec(file)?.[1];
    return epoch === undefined ? [] : [{ epoch: Number(epoch), file }];
  });
  return kept.sort((a, b) => b.epoch - a.epoch);
}

/** Whether a name in a run's folder is of a kept improvement. */
export function isImprovementFile(name: string): boolean {
  return NAME.test(name);
}

/** Name of the file that keeps the model of an improvement. */
export function improvementFile(epoch: number): string {
  return `checkpoint-epoch-${epoch}.safetensors`;
}

/**
 * Gives the best checkpoint another name before it is replaced, if the run's sweeps want that. Doing it twice is the
 * same as once: when it is interrupted, the commit of the epoch does it again.
 */
export function keepReplacedBest(paths: RunPaths): void {
  if (improvementsKept(readRetention(paths)) < 2 || !existsSync(paths.checkpointBest)) return;
  const epoch = epochOf(paths.checkpointBest);
  // Of this very epoch: it was replaced already.
  if (epoch === null || epoch === epochOf(paths.checkpointLast)) return;
  keepAs(paths.checkpointBest, join(paths.folder, improvementFile(epoch)));
}

/** The improvements that are more than wanted. */
export function supersededImprovements(folder: string, keep: Retention): Improvement[] {
  return listImprovements(folder).slice(improvementsKept(keep) - 1); // the best is one of them
}

/** Removes the improvements that are more than wanted. */
export function pruneImprovements(paths: RunPaths): void {
  for (const { file } of supersededImprovements(paths.folder, readRetention(paths)))
    rmSync(join(paths.folder, file), { force: true });
}

/** Removes the improvements from an epoch on: the run goes on before it and will have them again. */
export function dropImprovementsFrom(paths: RunPaths, epoch: number): void {
  for (const improvement of listImprovements(paths.folder))
    if (improvement.epoch >= epoch) rmSync(join(paths.folder, improvement.file), { force: true });
}

/** The epoch that a checkpoint says it is of; null when it cannot be read. */
function epochOf(path: string): number | null {
  const epoch = readMetadata(path)?.['epoch'];
  return epoch === undefined || !/^\d+$/.test(epoch) ? null : Number(epoch);
}

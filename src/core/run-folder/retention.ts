import { existsSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { findLeftovers, writeJson } from './atomic-write.js';
import type { RunPaths } from './paths.js';
import { readText } from './read-text.js';

/**
 * Which checkpoints of a run are kept. Each keeps what the one before it does, and more:
 *
 * - `best`: the model with the lowest validation NLL, once the run has ended.
 * - `last`: the last epoch's too.
 * - a number n: the models of the n latest improvements, the best among them, and the last.
 * - `improvements`: the models of all improvements, and the last.
 *
 * It changes no result, so it is no part of a run's key. The best is always kept: a run's final scores, and runs that
 * sample it, stand on it. While a run is not finished, all that it needs to go on is kept as well.
 */
export const retentionSchema = z.union([
  z.enum(['best', 'last', 'improvements']),
  z.int().positive(),
]);
export type Retention = z.infer<typeof retentionSchema>;

/** What an interrupted run needs is what a finished one has: nothing is lost by surprise. */
export const DEFAULT_RETENTION = 'last' satisfies Retention;

/** How many models of improvements are kept, the best included. */
export function improvementsKept(keep: Retention): number {
  if (keep === 'improvements') return Infinity;
  return typeof keep === 'number' ? keep : 1;
}

/** What is wanted by a wish that cannot be read: whatever it says, nothing is removed against it. */
export const UNKNOWN_RETENTION = 'improvements' satisfies Retention;

/** The wish that keeps most; the default where there is none. */
export function mostGenerous(wishes: readonly Retention[]): Retention {
  return wishes.reduce(
    (most, wish) => (rank(wish) > rank(most) ? wish : most),
    wishes[0] ?? DEFAULT_RETENTION,
  );
}

function rank(keep: Retention): number {
  return keep === 'best' ? 0 : improvementsKept(keep);
}

const fileSchema = z.strictObject({ keep: retentionSchema });

/** What the sweeps of a run want to be kept of it, for its worker, which knows only the run's folder. */
export function readRetention({ retention }: RunPaths): Retention {
  const text = readText(retention);
  if (text === null) return DEFAULT_RETENTION;
  try {
    return fileSchema.parse(JSON.parse(text)).keep;
  } catch {
    return UNKNOWN_RETENTION; // it is written whole, so it is not ours
  }
}

/** Tells a run's worker what to keep; the default needs no file. For the holder of the lock of the results folder. */
export function writeRetention(paths: RunPaths, keep: Retention): void {
  if (keep === readRetention(paths)) return;
  removeLeftovers(paths);
  if (keep === DEFAULT_RETENTION) rmSync(paths.retention, { force: true });
  else writeJson(paths.retention, { keep });
}

/** Nobody else writes it: whoever left a part of one is dead. */
function removeLeftovers({ folder, retention }: RunPaths): void {
  if (!existsSync(folder)) return;
  for (const entry of findLeftovers(folder, (name) => name === basename(retention)))
    rmSync(join(folder, entry), { force: true });
}

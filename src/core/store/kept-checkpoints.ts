import { existsSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { lastAttempt } from '../run-folder/attempts.js';
import { findCheckpoints } from '../run-folder/begin-attempt.js';
import { type Improvement, listImprovements } from '../run-folder/improvements.js';
import type { RunPaths } from '../run-folder/paths.js';
import { type CheckpointRow, listCheckpoints } from './checkpoint-queries.js';
import type { SweepDatabase } from './database.js';

/** What is left of the checkpoints that a run wrote. */
export interface KeptCheckpoints {
  /** At most one of each kind, the best first. */
  readonly checkpoints: readonly CheckpointRow[];
  /** Models that were the best for a time, the latest first. */
  readonly improvements: readonly (Improvement & { readonly bytes: number })[];
}

/**
 * The checkpoints of a run that are in its folder. The database has what was written; what nobody wanted to keep was
 * removed since.
 *
 * @returns with the names of the files in the folder of the run
 */
export function listKeptCheckpoints(
  db: SweepDatabase,
  runId: string,
  run: RunPaths,
): KeptCheckpoints {
  const attempt = findCheckpoints(run, lastAttempt(run));
  if (attempt === null) return { checkpoints: [], improvements: [] };
  const { folder, checkpoints } = attempt;
  const inRun = (path: string): string => relative(run.folder, path);
  return {
    checkpoints: listCheckpoints(db, runId)
      .map((row) => ({ ...row, file: join(folder, row.file) }))
      .filter(({ file }) => existsSync(file))
      .map((row) => ({ ...row, file: inRun(row.file) })),
    improvements: listImprovements(attempt).flatMap(({ epoch, file }) => {
      const path = join(checkpoints, file);
      // Its worker may be removing it.
      const size = statSync(path, { throwIfNoEntry: false })?.size;
      return size === undefined ? [] : [{ epoch, file: inRun(path), bytes: size }];
    }),
  };
}

import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Improvement, listImprovements } from '../run-folder/improvements.js';
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
 * @param folder of the run
 */
export function listKeptCheckpoints(
  db: SweepDatabase,
  runId: string,
  folder: string,
): KeptCheckpoints {
  if (!existsSync(folder)) return { checkpoints: [], improvements: [] };
  return {
    checkpoints: listCheckpoints(db, runId).filter(({ file }) => existsSync(join(folder, file))),
    improvements: listImprovements(folder).flatMap((improvement) => {
      // Its worker may be removing it.
      const size = statSync(join(folder, improvement.file), { throwIfNoEntry: false })?.size;
      return size === undefined ? [] : [{ ...improvement, bytes: size }];
    }),
  };
}

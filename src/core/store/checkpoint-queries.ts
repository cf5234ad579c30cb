import { z } from 'zod';
import type { SweepDatabase } from './database.js';
import { parseRows } from './parse-rows.js';

const checkpointRowSchema = z.object({
  kind: z.enum(['last', 'best']),
  epoch: z.int(),
  /** Name of the file in the folder of its attempt. */
  file: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  time: z.string(),
});

export type CheckpointRow = Readonly<z.infer<typeof checkpointRowSchema>>;

/** The checkpoints that a run wrote, as its log has them: the latest of each kind, the best first. */
export function listCheckpoints(db: SweepDatabase, runId: string): CheckpointRow[] {
  const select = db.prepare(`
    SELECT kind, epoch, file, bytes, sha256, time FROM checkpoints WHERE run_id = ? ORDER BY kind`);
  return parseRows(checkpointRowSchema, select.all(runId));
}

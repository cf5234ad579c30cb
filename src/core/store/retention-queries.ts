import { z } from 'zod';
import type { SweepDatabase } from './database.js';
import { jsonColumn, parseRow, parseRows } from './parse-rows.js';

const retainedRunSchema = z.object({
  id: z.string(),
  /** In the sweep that was asked for, else in the first one that has it; its id where none has. */
  name: z.string(),
  attempt: z.int(),
  outcome: z.enum(['completed', 'diverged', 'failed', 'stopped']).nullable(),
  /** Every sweep that has it. */
  sweeps: jsonColumn(z.array(z.string())),
  /** Size of its best checkpoint as its log names it; null while there is none. */
  bestBytes: z.int().nullable(),
});

/** A run with what decides on its files. */
export type RetainedRun = Readonly<z.infer<typeof retainedRunSchema>>;

/**
 * The runs of a sweep, or all, in the order of their ids, one after the other: there may be a million.
 *
 * @param sweep name; null for all runs
 */
export function* listRetainedRuns(
  db: SweepDatabase,
  sweep: string | null,
): Generator<RetainedRun, void> {
  const select = db.prepare(`
    SELECT id, attempt, outcome,
      coalesce((SELECT name FROM sweep_runs WHERE run_id = id
                ORDER BY sweep = @sweep DESC, sweep, position LIMIT 1), id) AS name,
      (SELECT json_group_array(DISTINCT sweep) FROM sweep_runs WHERE run_id = id) AS sweeps,
      (SELECT bytes FROM checkpoints WHERE run_id = id AND kind = 'best') AS best_bytes
    FROM runs
    ${sweep === null ? '' : 'WHERE id IN (SELECT run_id FROM sweep_runs WHERE sweep = @sweep)'}
    ORDER BY id`);
  for (const row of select.iterate({ sweep })) yield parseRow(retainedRunSchema, row);
}

const orphanSchema = retainedRunSchema.pick({ id: true, attempt: true, outcome: true });

/** A run that no sweep lists. */
export type OrphanRun = Readonly<z.infer<typeof orphanSchema>>;

/** The runs that no sweep lists, and whose model no listed run samples. */
export function listOrphanRuns(db: SweepDatabase): OrphanRun[] {
  const select = db.prepare(`
    WITH listed AS (SELECT DISTINCT run_id FROM sweep_runs)
    SELECT id, attempt, outcome FROM runs
    WHERE id NOT IN listed
      AND key NOT IN (SELECT source_key FROM runs WHERE source_key IS NOT NULL AND id IN listed)
    ORDER BY id`);
  return parseRows(orphanSchema, select.all());
}

import { z } from 'zod';
import type { SweepDatabase } from './database.js';
import { parseRows } from './parse-rows.js';

const largerRunSchema = z.object({
  /** The run that was asked for. */
  runId: z.string(),
  /** One like it that has more training texts. */
  largerId: z.string(),
});

/** A run and one whose training texts are more, everything else of the training being the same. */
export type LargerRun = z.infer<typeof largerRunSchema>;

/**
 * The trained runs of the database that differ from these runs by a higher `dataset.limit` only, or by none. What is
 * sampled, and when, changes nothing of a training and may differ. Only runs that came to an end, each run's largest
 * first, then those that completed, then the oldest.
 */
export function runsOnMoreTexts(db: SweepDatabase, runIds: readonly string[]): LargerRun[] {
  const training = (run: string): string =>
    `json_remove(${run}.config, '$.dataset.limit', '$.sample')`;
  const select = db.prepare(`
    SELECT run.id AS run_id, larger.id AS larger_id
    FROM runs AS run JOIN runs AS larger
      ON larger.kind = 'train' AND larger.parameters = run.parameters AND larger.seed = run.seed
    WHERE run.id IN (SELECT value FROM json_each(?)) AND run.kind = 'train' AND run.data_limit IS NOT NULL
      AND larger.outcome IN ('completed', 'diverged') AND (larger.data_limit IS NULL OR larger.data_limit > run.data_limit)
      AND ${training('larger')} = ${training('run')}
    ORDER BY run.id, larger.data_limit IS NOT NULL, larger.data_limit DESC,
      larger.outcome IS NOT 'completed', larger.created_at, larger.id`);
  return parseRows(largerRunSchema, select.all(JSON.stringify(runIds)));
}

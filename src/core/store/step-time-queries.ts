import { z } from 'zod';
import type { SweepDatabase } from './database.js';
import { parseRows } from './parse-rows.js';

const measuredStepSchema = z.object({
  runId: z.string(),
  parameters: z.int(),
  tokens: z.int(),
  batchSize: z.int(),
  threads: z.int(),
  engine: z.string(),
  device: z.string(),
  /** Mean seconds of one optimizer step. */
  stepSeconds: z.number(),
  /** Mean seconds of one evaluation of the validation texts; null before the first. */
  evaluateSeconds: z.number().nullable(),
});

/** How long the steps of a run took: what an expected finish is computed from. */
export type MeasuredStep = Readonly<z.infer<typeof measuredStepSchema>>;

/**
 * Step times of every run that has trained at least a part of an epoch, the newest run first.
 *
 * @param host only what was measured on this machine
 */
export function measuredStepSeconds(db: SweepDatabase, host?: string): MeasuredStep[] {
  // Within the first epoch there is only the rate of the last sign of life.
  const select = db.prepare(`
    SELECT * FROM (
      SELECT id AS run_id, parameters, tokens, batch_size, threads, engine, device, last_event_at,
        coalesce(step_seconds, iif(progress_split = 'train', batch_size / nullif(progress_rate, 0), NULL)) AS step_seconds,
        evaluate_seconds / nullif(epochs, 0) AS evaluate_seconds
      FROM runs
      WHERE kind = 'train' AND attempts > 0 AND (@host IS NULL OR host = @host))
    WHERE step_seconds IS NOT NULL
    ORDER BY last_event_at DESC, run_id`);
  return parseRows(measuredStepSchema, select.all({ host: host ?? null }));
}

import { z } from 'zod';
import type { SweepDatabase } from './database.js';
import { jsonColumn, parseRow, parseRows } from './parse-rows.js';

const waitingRunSchema = z.object({
  sweep: z.string(),
  /** Name of the run in that sweep. */
  name: z.string(),
  /** What differs from the sweep's base: dotted key to value. */
  changes: jsonColumn(z.record(z.string(), z.unknown())),
  replicate: z.int().nullable(),
  /** Why it waits, as a sentence. */
  waitingFor: z.string(),
});

/** A run that stands on a result which is not there yet: it has no configuration, so no id. */
export type WaitingRun = Readonly<z.infer<typeof waitingRunSchema>>;

const SELECT_WAITING = `
  SELECT sweep, name, changes, replicate, waiting_for FROM sweep_runs WHERE run_id IS NULL`;

/** The runs of a sweep that wait, in its order. */
export function listWaitingRuns(db: SweepDatabase, sweep: string): WaitingRun[] {
  const select = db.prepare(`${SELECT_WAITING} AND sweep = ? ORDER BY position`);
  return parseRows(waitingRunSchema, select.all(sweep));
}

/** One by its name or `sweep/name`; null when there is none. */
export function findWaitingRun(db: SweepDatabase, text: string): WaitingRun | null {
  const select = db.prepare(`${SELECT_WAITING} AND (name = @text OR sweep || '/' || name = @text)`);
  const row = select.get({ text });
  return row === undefined ? null : parseRow(waitingRunSchema, row);
}

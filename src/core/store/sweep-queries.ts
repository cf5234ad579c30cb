import { z } from 'zod';
import { SweepError } from '../errors.js';
import { closestNames, didYouMean } from './closest-names.js';
import type { SweepDatabase } from './database.js';
import { parseRow, parseRows } from './parse-rows.js';
import { prepared } from './prepared.js';

export const sweepRowSchema = z.object({
  name: z.string(),
  title: z.string().nullable(),
  definitionFile: z.string(),
  definitionText: z.string(),
  /** Such as `val.nll`; null when the definition has no objective. */
  objectiveMetric: z.string().nullable(),
  objectiveGoal: z.enum(['minimize', 'maximize']).nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
  /** Number of lines of its list: a run that it names twice has two. */
  runCount: z.int(),
});
export type SweepRow = z.infer<typeof sweepRowSchema>;

/** The places of a list are numbered from 0 without a gap: to count them would read a million of them. */
const SELECT_SWEEPS = `
  SELECT sweeps.*, (SELECT coalesce(max(position) + 1, 0) FROM sweep_runs WHERE sweep = sweeps.name) AS run_count
  FROM sweeps`;

/** All sweeps, the one that was run last first. */
export function listSweeps(db: SweepDatabase): SweepRow[] {
  const select = db.prepare(`${SELECT_SWEEPS} ORDER BY updated_at DESC, name`);
  return parseRows(sweepRowSchema, select.all());
}

/** @throws SweepError `bad-call` when it is unknown, with the closest names */
export function findSweep(db: SweepDatabase, name: string): SweepRow {
  const row = prepared(db, `${SELECT_SWEEPS} WHERE name = ?`).get(name);
  if (row !== undefined) return parseRow(sweepRowSchema, row);
  const names = z.array(z.string()).parse(db.prepare('SELECT name FROM sweeps').pluck().all());
  throw new SweepError('bad-call', {
    message: `there is no sweep ${JSON.stringify(name)} in the results`,
    fix: didYouMean(closestNames(name, names), 'npx sweep ls lists all sweeps.'),
  });
}

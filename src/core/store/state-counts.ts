import { z } from 'zod';
import type { ResultsPaths } from '../run-folder/paths.js';
import { RUN_STATES, type RunState } from '../run-folder/run-state.js';
import type { SweepDatabase } from './database.js';
import { parseRows } from './parse-rows.js';
import { runState } from './run-state.js';

/** How many runs of a sweep are in each state, in the order of the states; states without a run are left out. */
export type StateCounts = ReadonlyMap<RunState, number>;

const countSchema = z.object({ sweep: z.string(), count: z.int() });

const otherSchema = z.object({
  sweep: z.string(),
  id: z.string(),
  attempt: z.int(),
  outcome: z.enum(['diverged', 'failed', 'stopped']).nullable(),
});

/** A run that a sweep names twice counts once. */
const MEMBERS = 'SELECT sweep, count(DISTINCT run_id) AS count FROM sweep_runs GROUP BY sweep';

/** Members whose folder is gone, or not made yet. */
const NOT_RECORDED = `
  SELECT sweep, count(DISTINCT run_id) AS count FROM sweep_runs INDEXED BY sweep_runs_not_recorded
  WHERE is_recorded = 0 AND run_id IS NOT NULL GROUP BY sweep`;

/** Without statistics SQLite would go through all runs instead. */
const NOT_COMPLETED = `
  SELECT DISTINCT sweep, id, attempt, outcome
  FROM runs INDEXED BY runs_not_completed CROSS JOIN sweep_runs ON run_id = id
  WHERE outcome IS NOT 'completed'`;

const WAITING =
  'SELECT sweep, count(*) AS count FROM sweep_runs WHERE run_id IS NULL GROUP BY sweep';

/**
 * The states of the runs of all sweeps, by the sweep's name. Completed runs, nearly all of a large database, are what is
 * left of the members; the others are looked at one by one, because their folder, their lease and their process have a
 * say.
 */
export function countStates(db: SweepDatabase, paths: ResultsPaths): Map<string, StateCounts> {
  const counts = new Map<string, Map<RunState, number>>();
  const add = (sweep: string, state: RunState, count: number): void => {
    const ofSweep = counts.get(sweep) ?? new Map<RunState, number>();
    ofSweep.set(state, (ofSweep.get(state) ?? 0) + count);
    counts.set(sweep, ofSweep);
  };
  const read = (sql: string) => parseRows(countSchema, db.prepare(sql).all());
  for (const { sweep, count } of read(MEMBERS)) add(sweep, 'completed', count);
  for (const { sweep, count } of read(NOT_RECORDED)) add(sweep, 'completed', -count);
  const others = db.prepare(NOT_COMPLETED);
  for (const { sweep, ...run } of parseRows(otherSchema, others.all())) {
    add(sweep, 'completed', -1);
    add(sweep, runState(run, paths), 1);
  }
  for (const { sweep, count } of read(WAITING)) add(sweep, 'waiting', count);
  return new Map([...counts].map(([sweep, ofSweep]) => [sweep, inOrder(ofSweep)]));
}

function inOrder(counts: StateCounts): StateCounts {
  return new Map(
    RUN_STATES.flatMap((state) => {
      const count = counts.get(state);
      return count === undefined || count === 0 ? [] : [[state, count] as const];
    }),
  );
}

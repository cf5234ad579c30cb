import { z } from 'zod';
import type { ResultsPaths } from '../run-folder/paths.js';
import { RUN_STATES, type RunState } from '../run-folder/run-state.js';
import type { SweepDatabase } from './database.js';
import { parseRows } from './parse-rows.js';
import { runState } from './run-state.js';

/** How many runs of a sweep are in each state, in the order of the states; states without a run are left out. */
export type StateCounts = ReadonlyMap<RunState, number>;

const finishedSchema = z.object({
  sweep: z.string(),
  outcome: z.enum(['completed', 'diverged']),
  count: z.int(),
});

const otherSchema = z.object({
  sweep: z.string(),
  id: z.string(),
  attempts: z.int(),
  outcome: z.enum(['failed', 'stopped']).nullable(),
});

const waitingSchema = z.object({ sweep: z.string(), count: z.int() });

/** A run that a sweep names twice counts once. */
const MEMBERS = `(SELECT DISTINCT sweep, run_id FROM sweep_runs) JOIN runs ON runs.id = run_id`;

/**
 * The states of the runs of all sweeps, by the sweep's name. Finished runs are counted in the database; only the others
 * are looked at one by one, because their folder, their lease and their process have a say.
 */
export function countStates(db: SweepDatabase, paths: ResultsPaths): Map<string, StateCounts> {
  const counts = new Map<string, Map<RunState, number>>();
  const add = (sweep: string, state: RunState, count: number): void => {
    const ofSweep = counts.get(sweep) ?? new Map<RunState, number>();
    ofSweep.set(state, (ofSweep.get(state) ?? 0) + count);
    counts.set(sweep, ofSweep);
  };
  const finished = db.prepare(`
    SELECT sweep, outcome, count(*) AS count FROM ${MEMBERS}
    WHERE outcome IN ('completed', 'diverged') GROUP BY sweep, outcome`);
  for (const { sweep, outcome, count } of parseRows(finishedSchema, finished.all()))
    add(sweep, outcome, count);
  const others = db.prepare(`
    SELECT sweep, id, attempts, outcome FROM ${MEMBERS}
    WHERE outcome IS NULL OR outcome NOT IN ('completed', 'diverged')`);
  for (const { sweep, ...run } of parseRows(otherSchema, others.all()))
    add(sweep, runState(run, paths), 1);
  const waiting = db.prepare(
    'SELECT sweep, count(*) AS count FROM sweep_runs WHERE run_id IS NULL GROUP BY sweep',
  );
  for (const { sweep, count } of parseRows(waitingSchema, waiting.all()))
    add(sweep, 'waiting', count);
  return new Map([...counts].map(([sweep, ofSweep]) => [sweep, inOrder(ofSweep)]));
}

function inOrder(counts: StateCounts): StateCounts {
  return new Map(
    RUN_STATES.flatMap((state) => {
      const count = counts.get(state);
      return count === undefined ? [] : [[state, count] as const];
    }),
  );
}

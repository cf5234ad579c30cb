import { z } from 'zod';
import { RUN_STATES } from '../run-folder/run-state.js';
import {
  type DashboardObjective,
  type LiveRuns,
  objectiveSql,
  STATE_SQL,
} from './dashboard-scope.js';
import type { SweepDatabase } from './database.js';
import { parseRows } from './parse-rows.js';

const rankedRunSchema = z.object({
  runId: z.string(),
  name: z.string(),
  state: z.enum(RUN_STATES),
  parameters: z.int(),
  /** The objective at the best checkpoint. */
  value: z.number(),
  valNll: z.number().nullable(),
  valTop1: z.number().nullable(),
  testNll: z.number().nullable(),
  epochs: z.int(),
});

/** A run with a value of the objective. */
export type RankedRun = Readonly<z.infer<typeof rankedRunSchema>>;

/** The runs that have a value of the objective, the best first; a run that still goes on counts with what it has. */
export function rankedRuns(
  db: SweepDatabase,
  sweep: string,
  objective: DashboardObjective,
  live: LiveRuns,
  limit: number,
): RankedRun[] {
  const column = objectiveSql(objective);
  const select = db.prepare(`
    SELECT runs.id AS run_id, name, (${STATE_SQL}) AS state, parameters, ${column} AS value,
      best_val_nll AS val_nll, best_val_top1 AS val_top1, test_nll, epochs
    FROM (SELECT run_id, name, min(position) AS position FROM sweep_runs WHERE sweep = @sweep GROUP BY run_id) AS place
    JOIN runs ON runs.id = place.run_id
    WHERE ${column} IS NOT NULL
    ORDER BY ${column} ${objective.goal === 'minimize' ? 'ASC' : 'DESC'}, position LIMIT @limit`);
  return parseRows(rankedRunSchema, select.all({ sweep, live: JSON.stringify(live), limit }));
}

const sizePointSchema = z.object({ parameters: z.int(), value: z.number() });

/** A run's size and its value of the objective. */
export type SizePoint = Readonly<z.infer<typeof sizePointSchema>>;

/** Of each run with a value, in no particular order. */
export function sizePoints(
  db: SweepDatabase,
  sweep: string,
  objective: DashboardObjective,
): SizePoint[] {
  const column = objectiveSql(objective);
  // A screen has some thousand dots: equal ones are one.
  const select = db.prepare(`
    SELECT DISTINCT parameters, ${column} AS value FROM runs
    WHERE id IN (SELECT run_id FROM sweep_runs WHERE sweep = ?) AND ${column} IS NOT NULL`);
  return parseRows(sizePointSchema, select.all(sweep));
}

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

/** Cells of the plane in which points are told apart: more than the widest screen has for them. */
const PLOT_CELLS = { size: 300, value: 120 };

/** Where the runs with a value are, in no particular order: of those that no screen could tell apart, one. */
export function sizePoints(
  db: SweepDatabase,
  sweep: string,
  objective: DashboardObjective,
): SizePoint[] {
  const column = objectiveSql(objective);
  const cell = (of: keyof typeof PLOT_CELLS): string =>
    `CAST((${of} - min_${of}) * ${PLOT_CELLS[of]} / max(max_${of} - min_${of}, 1e-9) AS INTEGER)`;
  // The extremes stay what they are: the axes are drawn from them.
  const select = db.prepare(`
    WITH points AS MATERIALIZED (
      SELECT parameters, ln(parameters) AS size, ${column} AS value
      FROM sweep_runs JOIN runs ON id = run_id WHERE sweep = ? AND ${column} IS NOT NULL),
    bounds AS (
      SELECT min(size) AS min_size, max(size) AS max_size, min(value) AS min_value, max(value) AS max_value
      FROM points)
    SELECT DISTINCT parameters, value FROM (
      SELECT parameters, value FROM points, bounds GROUP BY ${cell('size')}, ${cell('value')}
      UNION ALL SELECT parameters, min(value) FROM points
      UNION ALL SELECT parameters, max(value) FROM points
      UNION ALL SELECT min(parameters), value FROM points
      UNION ALL SELECT max(parameters), value FROM points)
    WHERE parameters IS NOT NULL`);
  return parseRows(sizePointSchema, select.all(sweep));
}

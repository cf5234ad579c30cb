import { z } from 'zod';
import { COURSE_COLUMNS, COURSE_FIELDS } from './dashboard-course.js';
import {
  type DashboardObjective,
  idOfLive,
  type LiveRuns,
  objectiveSql,
} from './dashboard-scope.js';
import type { SweepDatabase } from './database.js';
import { parseRow, parseRows } from './parse-rows.js';
import { prepared } from './prepared.js';

const liveRunSchema = z.object({
  id: z.string(),
  ...COURSE_FIELDS,
  /** Texts a second: of the last sign of life, else the mean of the recorded epochs. */
  textsPerSecond: z.number().nullable(),
  device: z.string().nullable(),
  pid: z.int().nullable(),
  host: z.string().nullable(),
});

/** A run that is worked on now. */
export type LiveRun = Readonly<z.infer<typeof liveRunSchema>>;

/** The living runs of a sweep, in the order of their ids. */
export function liveRuns(db: SweepDatabase, sweep: string, live: LiveRuns): LiveRun[] {
  const select = prepared(
    db,
    `
    SELECT id, ${COURSE_COLUMNS},
      coalesce(progress_rate, texts_per_second) AS texts_per_second, device, pid, host
    FROM runs
    WHERE id IN (SELECT value FROM json_each(@ids))
      AND EXISTS (SELECT 1 FROM sweep_runs WHERE run_id = runs.id AND sweep = @sweep)
    ORDER BY id`,
  );
  return parseRows(liveRunSchema, select.all({ sweep, ids: JSON.stringify(live.map(idOfLive)) }));
}

const bestRunSchema = z.object({
  id: z.string(),
  name: z.string(),
  value: z.number(),
  bestEpoch: z.int().nullable(),
  bestValNll: z.number().nullable(),
  bestValTop1: z.number().nullable(),
  parameters: z.int(),
});

/** The run with the best value of the objective so far. */
export type BestRun = Readonly<z.infer<typeof bestRunSchema>>;

/** Null when no run has a value yet. A run that still goes on counts with what it has reached. */
export function bestRun(
  db: SweepDatabase,
  sweep: string,
  objective: DashboardObjective,
): BestRun | null {
  const column = objectiveSql(objective);
  const select = prepared(
    db,
    `
    SELECT id, place.name, ${column} AS value, best_epoch, best_val_nll, best_val_top1, parameters
    FROM sweep_runs AS place JOIN runs ON runs.id = place.run_id
    WHERE sweep = ? AND ${column} IS NOT NULL
    ORDER BY ${column} ${objective.goal === 'minimize' ? 'ASC' : 'DESC'}, position LIMIT 1`,
  );
  const row = select.get(sweep);
  return row === undefined ? null : parseRow(bestRunSchema, row);
}

import { z } from 'zod';
import { RUN_STATES } from '../run-folder/run-state.js';
import { COURSE_COLUMNS, COURSE_FIELDS } from './dashboard-course.js';
import {
  type DashboardObjective,
  type LiveRuns,
  objectiveSql,
  STATE_SQL,
} from './dashboard-scope.js';
import type { SweepDatabase } from './database.js';
import { parseRow, parseRows } from './parse-rows.js';

const OF_SWEEP = 'FROM runs WHERE id IN (SELECT run_id FROM sweep_runs WHERE sweep = @sweep)';

const stateCountSchema = z.object({
  state: z.enum(RUN_STATES),
  runs: z.int(),
  /** Of all attempts of these runs together. */
  seconds: z.number(),
});
export type StateCount = Readonly<z.infer<typeof stateCountSchema>>;

/** How many runs of a sweep are in each state, and how long they have taken; a run that is named twice counts once. */
export function stateCountsOf(db: SweepDatabase, sweep: string, live: LiveRuns): StateCount[] {
  const select = db.prepare(`
    SELECT (${STATE_SQL}) AS state, count(*) AS runs, coalesce(sum(total_seconds), 0) AS seconds
    ${OF_SWEEP} GROUP BY 1`);
  return parseRows(stateCountSchema, select.all({ sweep, live: JSON.stringify(live) }));
}

const workGroupSchema = z.object({
  parameters: z.int(),
  tokens: z.int(),
  dataLimit: z.int().nullable(),
  maxEpochs: z.int(),
  /** Runs that have not begun, or wait to be continued. */
  unfinished: z.int(),
  /** Epochs that those have behind them. */
  unfinishedEpochs: z.int(),
  /** Recorded epochs of all these runs, and what they took, evaluation included. */
  epochs: z.int(),
  epochSeconds: z.number(),
  completed: z.int(),
  /** Epochs after which the completed ones ended: early stopping ends most before `maxEpochs`. */
  fewestEpochs: z.int().nullable(),
  meanEpochs: z.number().nullable(),
  mostEpochs: z.int().nullable(),
});

/** Training runs of one size: what is left of them, and what they are known to take. */
export type WorkGroup = Readonly<z.infer<typeof workGroupSchema>>;

/** The training runs of a sweep by size; living runs count as measured, not as unfinished. */
export function workGroups(db: SweepDatabase, sweep: string, live: LiveRuns): WorkGroup[] {
  const isLeft = `(outcome IS NULL OR outcome IN ('failed', 'stopped'))
    AND id NOT IN (SELECT value FROM json_each(@live))`;
  const hasCompleted = `outcome = 'completed'`;
  const select = db.prepare(`
    SELECT parameters, tokens, data_limit, max_epochs,
      count(*) FILTER (WHERE ${isLeft}) AS unfinished,
      coalesce(sum(epochs) FILTER (WHERE ${isLeft}), 0) AS unfinished_epochs,
      sum(epochs) AS epochs, coalesce(sum(train_seconds + evaluate_seconds), 0.0) AS epoch_seconds,
      count(*) FILTER (WHERE ${hasCompleted}) AS completed,
      min(epochs) FILTER (WHERE ${hasCompleted}) AS fewest_epochs,
      avg(epochs) FILTER (WHERE ${hasCompleted}) AS mean_epochs,
      max(epochs) FILTER (WHERE ${hasCompleted}) AS most_epochs
    ${OF_SWEEP} AND kind = 'train'
    GROUP BY parameters, tokens, data_limit, max_epochs`);
  return parseRows(workGroupSchema, select.all({ sweep, live: JSON.stringify(live) }));
}

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
  const select = db.prepare(`
    SELECT id, ${COURSE_COLUMNS},
      coalesce(progress_rate, texts_per_second) AS texts_per_second, device, pid, host
    FROM runs
    WHERE id IN (SELECT value FROM json_each(@live))
      AND EXISTS (SELECT 1 FROM sweep_runs WHERE run_id = runs.id AND sweep = @sweep)
    ORDER BY id`);
  return parseRows(liveRunSchema, select.all({ sweep, live: JSON.stringify(live) }));
}

/** Runs of a sweep that have begun and not ended: those among which living ones are looked for. */
export function openRunIds(db: SweepDatabase, sweep: string): string[] {
  const select = db.prepare(
    `SELECT id ${OF_SWEEP} AND attempts > 0 AND outcome IS NULL ORDER BY id`,
  );
  return z.array(z.string()).parse(select.pluck().all({ sweep }));
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
  const select = db.prepare(`
    SELECT id, place.name, ${column} AS value, best_epoch, best_val_nll, best_val_top1, parameters
    FROM sweep_runs AS place JOIN runs ON runs.id = place.run_id
    WHERE sweep = ? AND ${column} IS NOT NULL
    ORDER BY ${column} ${objective.goal === 'minimize' ? 'ASC' : 'DESC'}, position LIMIT 1`);
  const row = select.get(sweep);
  return row === undefined ? null : parseRow(bestRunSchema, row);
}

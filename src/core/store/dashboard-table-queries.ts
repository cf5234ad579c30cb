import { z } from 'zod';
import { RUN_STATES, type RunState } from '../run-folder/run-state.js';
import { COURSE_COLUMNS, COURSE_FIELDS } from './dashboard-course.js';
import {
  type DashboardObjective,
  type LiveRuns,
  objectiveSql,
  STATE_SQL,
  type TableSort,
} from './dashboard-scope.js';
import type { SweepDatabase } from './database.js';
import { jsonColumn, parseRows, RepeatedRows } from './parse-rows.js';
import { prepared } from './prepared.js';

/** Which runs of a sweep a table shows, and in what order. */
export interface TableQuery {
  readonly sweep: string;
  readonly objective: DashboardObjective;
  readonly live: LiveRuns;
  readonly sort: TableSort;
  /** Whether the order is turned round. */
  readonly isReversed: boolean;
  /** Words that all must appear in a run's name, id, changes, tags, note or state; empty for every run. */
  readonly filter: string;
  /** Key of the changes, such as `train.learningRate`, by whose values the runs are grouped; null for no groups. */
  readonly group: string | null;
}

const placeFields = {
  /** Place in the sweep's list, from 0. */
  position: z.int(),
  name: z.string(),
  changes: jsonColumn(z.record(z.string(), z.unknown())),
};

const recordedRowSchema = z.object({
  ...placeFields,
  runId: z.string(),
  state: z.enum(RUN_STATES).exclude(['waiting']),
  ...COURSE_FIELDS,
  /** The latest attempt that counts; 0 when none does. */
  attempt: z.int(),
  /** How often a worker started on it. */
  attempts: z.int(),
  /** What people wrote on it. */
  note: z.string().nullable(),
  tags: jsonColumn(z.array(z.string())),
  bestValNll: z.number().nullable(),
  bestValTop1: z.number().nullable(),
  /** The sweep's objective at the best checkpoint. */
  objective: z.number().nullable(),
});

/** A run as a line of the table. */
export type RecordedRow = Readonly<z.infer<typeof recordedRowSchema>>;

const waitingRowSchema = z.object({
  ...placeFields,
  runId: z.null(),
  state: z.literal('waiting'),
  /** Why it waits. */
  waitingFor: z.string(),
});

/** A run that stands on a result which is not there yet: what it will be is not known. */
export type WaitingRow = Readonly<z.infer<typeof waitingRowSchema>>;

const tableRowSchema = z.discriminatedUnion('state', [recordedRowSchema, waitingRowSchema]);

/** A line of the table. */
export type TableRow = RecordedRow | WaitingRow;

/** The places of a sweep's list that a table shows: without those of runs whose folder is gone. */
export const PLACES = 'sweep_runs AS place LEFT JOIN runs ON runs.id = place.run_id';
export const IS_SHOWN = '(runs.id IS NOT NULL OR place.run_id IS NULL)';

const ROW_COLUMNS = `
  place.position, place.name, place.run_id, place.waiting_for, place.changes, (${STATE_SQL}) AS state,
  ${COURSE_COLUMNS}, attempt, attempts, note, tags, best_val_nll, best_val_top1`;

const runToActOnSchema = z.object({
  runId: z.string(),
  name: z.string(),
  state: z.enum(RUN_STATES),
});

/** A run as far as it matters to what is asked of it. */
export type RunToActOn = Readonly<z.infer<typeof runToActOnSchema>>;

/** What is asked of the lines of a table. */
export type RowsQuery = Pick<TableQuery, 'sweep' | 'live' | 'objective'>;

/** The runs at some places of the sweep's list, in the order of `positions`; a place without a run is left out. */
export function tableRows(
  db: SweepDatabase,
  query: RowsQuery,
  positions: readonly number[],
): TableRow[] {
  const rows = parseRows(tableRowSchema, selectRows(db, query, positions));
  return inOrderOf(positions, rows);
}

/** {@link tableRows} for who asks again and again: a run of which nothing has changed is the same object as before. */
export class RepeatedTableRows {
  readonly #rows = new RepeatedRows(tableRowSchema, 'position');

  read(db: SweepDatabase, query: RowsQuery, positions: readonly number[]): TableRow[] {
    return inOrderOf(positions, this.#rows.parse(selectRows(db, query, positions)));
  }
}

function selectRows(
  db: SweepDatabase,
  { sweep, live, objective }: RowsQuery,
  positions: readonly number[],
): unknown[] {
  const select = prepared(
    db,
    `
    SELECT ${ROW_COLUMNS}, ${objectiveSql(objective)} AS objective
    FROM ${PLACES}
    WHERE place.sweep = @sweep AND ${IS_SHOWN} AND place.position IN (SELECT value FROM json_each(@positions))`,
  );
  return select.all({ sweep, live: JSON.stringify(live), positions: JSON.stringify(positions) });
}

function inOrderOf(positions: readonly number[], rows: readonly TableRow[]): TableRow[] {
  const byPosition = new Map(rows.map((row) => [row.position, row]));
  return positions.flatMap((position) => byPosition.get(position) ?? []);
}

/**
 * Names and states of runs of a sweep, in its order: of those with these ids, or of all in these states; a run that
 * waits for another's result is not among them.
 */
export function runsToActOn(
  db: SweepDatabase,
  { sweep, live }: Pick<TableQuery, 'sweep' | 'live'>,
  which: { readonly ids: readonly string[] } | { readonly states: readonly RunState[] },
): RunToActOn[] {
  const [ofPlace, ofRun] =
    'ids' in which
      ? ['run_id IN (SELECT value FROM json_each(@which))', 'TRUE']
      : ['TRUE', 'state IN (SELECT value FROM json_each(@which))'];
  const select = db.prepare(`
    SELECT * FROM (
      SELECT run_id, min(position) AS position, place.name, (${STATE_SQL}) AS state
      FROM sweep_runs AS place JOIN runs ON runs.id = place.run_id
      WHERE place.sweep = @sweep AND ${ofPlace} GROUP BY run_id)
    WHERE ${ofRun} ORDER BY position`);
  const list = 'ids' in which ? which.ids : which.states;
  const parameters = { sweep, live: JSON.stringify(live), which: JSON.stringify(list) };
  return parseRows(runToActOnSchema, select.all(parameters));
}

/** Lines of a sweep's list whose run stands on a line before: two points of a grid may be one configuration. */
export function repeatedLines(db: SweepDatabase, sweep: string): number {
  const select = db.prepare(
    'SELECT count(run_id) - count(DISTINCT run_id) FROM sweep_runs WHERE sweep = ?',
  );
  return z.int().parse(select.pluck().get(sweep));
}

/** Runs looked at for their keys: a grid has all its keys in each of them. */
const KEYS_FROM = 500;

/** The keys that a sweep's runs change, in the order in which they appear. */
export function sweptKeys(db: SweepDatabase, sweep: string): string[] {
  const select = db.prepare(`
    SELECT key FROM (SELECT position, changes FROM sweep_runs WHERE sweep = ? ORDER BY position LIMIT ${KEYS_FROM}),
      json_each(changes)
    GROUP BY key ORDER BY min(position), min(json_each.id)`);
  return z.array(z.string()).parse(select.pluck().all(sweep));
}

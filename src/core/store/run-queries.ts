import { z } from 'zod';
import { SweepError } from '../errors.js';
import { closestNames, didYouMean } from './closest-names.js';
import type { RunOutcome } from '../run-folder/run-state.js';
import type { SweepDatabase } from './database.js';
import { parseRow, parseRows } from './parse-rows.js';
import { runRowSchema, toRunRow, type RunRow } from './run-row.js';
import { findSweep } from './sweep-queries.js';
import { findWaitingRun } from './waiting-runs.js';

export interface RunFilter {
  /** Only the runs of this sweep, in its order; without it all runs, the newest first. */
  readonly sweep?: string | undefined;
  readonly limit?: number | undefined;
  /** Of a sweep, only the runs whose last attempt ended so. */
  readonly outcome?: RunOutcome | undefined;
}

const SELECT_RUNS = `
  SELECT runs.*, (
    SELECT json_group_array(
      json_object('sweep', sweep, 'position', position, 'name', sweep_runs.name,
                  'changes', json(changes), 'replicate', replicate)
      ORDER BY sweeps.created_at, sweep, position)
    FROM sweep_runs JOIN sweeps ON sweeps.name = sweep_runs.sweep
    WHERE run_id = runs.id
  ) AS appearances
  FROM runs`;

/** SQLite takes a negative limit for none. */
const NO_LIMIT = -1;

/**
 * The recorded runs; a run that a sweep names twice is listed once, at its first place.
 *
 * @throws SweepError `bad-call` when the sweep is unknown
 */
export function listRuns(db: SweepDatabase, filter: RunFilter = {}): RunRow[] {
  const { sweep, limit = NO_LIMIT, outcome } = filter;
  if (sweep === undefined) {
    const newestFirst = db.prepare(`${SELECT_RUNS} ORDER BY created_at DESC, id LIMIT ?`);
    return parseRows(runRowSchema, newestFirst.all(limit)).map((row) => toRunRow(row));
  }
  findSweep(db, sweep);
  const inOrder = db.prepare(`${SELECT_RUNS}
    JOIN (SELECT run_id, min(position) AS place FROM sweep_runs WHERE sweep = @sweep GROUP BY run_id) AS listed
      ON listed.run_id = runs.id
    WHERE @outcome IS NULL OR outcome = @outcome
    ORDER BY place LIMIT @limit`);
  const rows = inOrder.all({ sweep, limit, outcome: outcome ?? null });
  return parseRows(runRowSchema, rows).map((row) => toRunRow(row, sweep));
}

/**
 * The run that a user means by its id, the beginning of its id, its key, its name, or `sweep/name`.
 *
 * @throws SweepError `bad-call` when there is no such run, or more than one
 */
export function findRun(db: SweepDatabase, idOrPrefixOrName: string): RunRow {
  const text = idOrPrefixOrName;
  const ids = matchingIds(db, text);
  const [id] = ids;
  if (id === undefined) throw unknownRun(db, text);
  if (ids.length > 1) throw ambiguousRun(text, ids.length, runsByIds(db, ids.slice(0, MOST_SHOWN)));
  const columns = parseRow(runRowSchema, db.prepare(`${SELECT_RUNS} WHERE id = ?`).get(id));
  const named = columns.appearances.find((one) => `${one.sweep}/${one.name}` === text);
  return toRunRow(columns, named?.sweep);
}

/** The runs with these ids in this order; ids without a row are left out. */
export function runsByIds(db: SweepDatabase, ids: readonly string[]): RunRow[] {
  const select = db.prepare(`${SELECT_RUNS} WHERE id = ?`);
  return ids
    .map((id) => select.get(id))
    .filter((row) => row !== undefined)
    .map((row) => toRunRow(parseRow(runRowSchema, row)));
}

/** Candidates that an error lists. */
const MOST_SHOWN = 6;

/** Ids that fit, from the surest way of naming a run to the vaguest: the first way that fits anything counts. */
function matchingIds(db: SweepDatabase, text: string): string[] {
  const ways = [
    'SELECT id FROM runs WHERE id = @text OR key = @text',
    `SELECT DISTINCT id FROM runs JOIN sweep_runs ON run_id = id
     WHERE name = @text OR sweep || '/' || name = @text ORDER BY id`,
    // No character of an id sorts after f.
    ...(/^[0-9a-f]+$/.test(text)
      ? ["SELECT id FROM runs WHERE id >= @text AND id < @text || 'g' ORDER BY id"]
      : []),
  ];
  for (const sql of ways) {
    const ids = z.array(z.string()).parse(db.prepare(sql).pluck().all({ text }));
    if (ids.length > 0) return ids;
  }
  return [];
}

function unknownRun(db: SweepDatabase, text: string): SweepError {
  const waiting = findWaitingRun(db, text);
  if (waiting !== null)
    return new SweepError('bad-call', {
      message: `the run ${JSON.stringify(text)} is not known yet: ${waiting.waitingFor}`,
      fix: `sweep run goes on with the sweep ${waiting.sweep} and what it stands on.`,
    });
  const names = db
    .prepare(
      `SELECT id FROM runs UNION SELECT name FROM sweep_runs UNION SELECT sweep || '/' || name FROM sweep_runs`,
    )
    .pluck()
    .all();
  const close = closestNames(text, z.array(z.string()).parse(names));
  return new SweepError('bad-call', {
    message: `there is no run ${JSON.stringify(text)}`,
    fix: didYouMean(close, 'npx sweep ls lists all runs.'),
  });
}

function ambiguousRun(text: string, count: number, shown: readonly RunRow[]): SweepError {
  const candidates = shown.map((row) => {
    const [place] = row.appearances;
    return place === undefined ? row.id : `${row.id} (${place.sweep}/${place.name})`;
  });
  const more = count > shown.length ? `, and ${count - shown.length} more` : '';
  return new SweepError('bad-call', {
    message: `${JSON.stringify(text)} fits ${count} runs`,
    fix: `Give one of: ${candidates.join(', ')}${more}`,
  });
}

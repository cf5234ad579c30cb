import { z } from 'zod';
import { objectiveSql, orderSql, STATE_SQL } from './dashboard-scope.js';
import { IS_SHOWN, PLACES, type TableQuery } from './dashboard-table-queries.js';
import type { SweepDatabase } from './database.js';

/** The runs with one value of the key that a table is grouped by. */
export interface TableGroup {
  /** Value of the key as JSON; null for the runs that do not change it. */
  readonly value: string | null;
  readonly runs: number;
  /** The best value of the objective. */
  readonly best: number | null;
}

/** Which run of a sweep stands at which line of a table. */
export interface OrderedTable {
  readonly query: TableQuery;
  /**
   * Places in the sweep's list, line by line. In the order of the definition, without a filter or groups, that is every
   * place by its number, and nobody needs to ask.
   */
  readonly order: Int32Array;
  /** In the order of the lines; none when the query does not group. */
  readonly groups: readonly TableGroup[];
}

/**
 * Throws when nobody wants the answer any more: asked now and then while a statement reads, which has no other way to be
 * ended from outside. What it throws comes out of the query.
 */
export type CheckWanted = () => void;

/** Reads the order of a table: one pass over the runs of the sweep. */
export function orderedTable(
  db: SweepDatabase,
  query: TableQuery,
  checkWanted?: CheckWanted,
): OrderedTable {
  const { conditions, parameters } = scope(db, query, checkWanted);
  const order = orderSql(query.sort, query.isReversed, query.objective);
  if (query.group === null) {
    const select = db.prepare(
      `SELECT place.position FROM ${PLACES} WHERE ${conditions} ORDER BY ${order}`,
    );
    const places = z.array(z.int()).parse(select.pluck().all(parameters));
    return { query, order: Int32Array.from(places), groups: [] };
  }
  const select = db.prepare(`
    SELECT place.position, ${GROUP_VALUE}, ${objectiveSql(query.objective)} FROM ${PLACES}
    WHERE ${conditions} ORDER BY ${GROUP_ORDER}, ${order}`);
  return {
    query,
    ...cutIntoGroups(select.raw().iterate({ ...parameters, group: query.group }), query),
  };
}

/** Quoted: a key such as train.learningRate is one name, not a path. */
const GROUP_PATH = `'$."' || @group || '"'`;
const GROUP_VALUE = `place.changes -> (${GROUP_PATH})`;
/** Numbers by size, then texts; runs without the key last. */
const GROUP_ORDER = `place.changes ->> (${GROUP_PATH}) ASC NULLS LAST, ${GROUP_VALUE} ASC NULLS LAST`;

const groupedRow = z.tuple([z.int(), z.string().nullable(), z.number().nullable()]);

/** Rows come group by group. */
function cutIntoGroups(
  rows: Iterable<unknown>,
  { objective }: TableQuery,
): Pick<OrderedTable, 'order' | 'groups'> {
  const places: number[] = [];
  const groups: { value: string | null; runs: number; best: number | null }[] = [];
  const better = objective.goal === 'minimize' ? Math.min : Math.max;
  for (const row of rows) {
    const [place, value, score] = groupedRow.parse(row);
    places.push(place);
    const last = groups.at(-1);
    if (last?.value === value) {
      last.runs += 1;
      if (score !== null) last.best = better(score, last.best ?? score);
    } else groups.push({ value, runs: 1, best: score });
  }
  return { order: Int32Array.from(places), groups };
}

interface QueryScope {
  readonly conditions: string;
  readonly parameters: Readonly<Record<string, string>>;
}

function scope(
  db: SweepDatabase,
  { sweep, live, filter }: TableQuery,
  checkWanted: CheckWanted | undefined,
): QueryScope {
  const words = filter.split(/\s+/).filter((word) => word !== '');
  const parameters: Record<string, string> = { sweep, live: JSON.stringify(live) };
  const conditions = words.map((word, index) => {
    parameters[`text${index}`] = word;
    parameters[`start${index}`] = `${escapeLike(word)}%`;
    const inside = (column: string): string => `instr(lower(${column}), lower(@text${index})) > 0`;
    // A state is found by the beginning of its word: "comp", "failed".
    return `(${inside('place.name')} OR ${inside('place.changes')} OR ${inside('tags')}
      OR ${inside("coalesce(note, '')")} OR place.run_id LIKE @start${index} ESCAPE '\\'
      OR (${STATE_SQL}) LIKE @start${index} ESCAPE '\\')`;
  });
  const all = [
    'place.sweep = @sweep',
    ...askedNowAndThen(db, checkWanted),
    IS_SHOWN,
    ...conditions,
  ];
  return { conditions: all.join(' AND '), parameters };
}

/** A condition that always holds, and calls `checkWanted` at every 4096th place. */
function askedNowAndThen(db: SweepDatabase, checkWanted: CheckWanted | undefined): string[] {
  if (checkWanted === undefined) return [];
  db.function('still_wanted', () => {
    checkWanted();
    return 1;
  });
  return ['(place.position % 4096 <> 0 OR still_wanted())'];
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);
}

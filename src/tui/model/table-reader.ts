import type { OrderedTable, TableGroup } from '../../core/store/dashboard-table-order.js';
import {
  RepeatedTableRows,
  type TableRow,
  tableRows,
} from '../../core/store/dashboard-table-queries.js';
import type { TableSort } from '../../core/store/dashboard-scope.js';
import { Paced } from './paced.js';
import { type Known, PacedQuestion } from './paced-question.js';
import { askedWithLive, type TableSource } from './table-source.js';

/** What the table is asked for; see `TableQuery`. */
export interface TableRequest {
  readonly sort: TableSort;
  readonly isReversed: boolean;
  readonly filter: string;
  readonly group: string | null;
}

/** What the table shows now: with a slow reader, for a while, what was asked for before. */
export interface ShownTable {
  /** What it shows. */
  readonly request: TableRequest;
  /** Whether what was asked for is still being read. */
  readonly isBehind: boolean;
  /** Number of runs in it. */
  readonly count: number;
  readonly groups: readonly TableGroup[];
}

/** Places by line; null where a run's line is its number. */
type Table = ShownTable & { readonly order: OrderedTable['order'] | null };

const FIRST_REQUEST: TableRequest = { sort: 'plan', isReversed: false, filter: '', group: null };

/**
 * The lines of the table that are asked for. Which run stands at which line is read at a pace of its own and kept, so
 * that moving through a million runs costs what moving through ten does, in every order.
 */
export class TableReader {
  readonly #table = new PacedQuestion<'table'>();
  readonly #rows = new Paced<readonly TableRow[]>();
  readonly #shown = new RepeatedTableRows();
  /** What is shown while nothing else is known, in the order of the plan: it needs no answer. */
  #planShown: TableRequest | null = FIRST_REQUEST;
  readonly paced = [this.#table, this.#rows] as const;

  /** What a request shows now. */
  shown(source: TableSource, request: TableRequest): ShownTable {
    return this.#read(source, request);
  }

  rows(
    source: TableSource,
    request: TableRequest,
    offset: number,
    limit: number,
  ): readonly TableRow[] {
    const positions = positionsOf(this.#read(source, request), offset, limit);
    const key = `${positions.join()} ${source.live.join()}`;
    return this.#rows.read(key, source.version, () =>
      this.#shown.read(source.db, source, positions),
    );
  }

  /** One line, beside those on the screen; undefined beyond the last. */
  rowAt(source: TableSource, request: TableRequest, index: number): TableRow | undefined {
    return tableRows(source.db, source, positionsOf(this.#read(source, request), index, 1))[0];
  }

  #read(source: TableSource, request: TableRequest): Table {
    if (isPlanOrder(request)) {
      this.#planShown = request;
      return planTable(request, source.runs, false);
    }
    const { known, isAnswer } = this.#ask(source, request);
    if (isAnswer) this.#planShown = null;
    if (known === null || this.#planShown !== null)
      return planTable(this.#planShown ?? FIRST_REQUEST, source.runs, true);
    const { query, order, groups } = known.answer;
    return { request: query, isBehind: !isAnswer, count: order.length, groups, order };
  }

  #ask(
    source: TableSource,
    request: TableRequest,
  ): { readonly known: Known<'table'> | null; readonly isAnswer: boolean } {
    const { sweep, objective, live, version, reader } = source;
    // Who lives has a say in the states.
    const hasStates = request.sort === 'state' || request.filter !== '';
    const text = JSON.stringify(request);
    const { key, version: at } = hasStates
      ? askedWithLive(source, text)
      : { key: text, version: `${version}` };
    const about = { ...request, sweep, objective, live };
    const known = this.#table.read(key, at, { kind: 'table', about }, reader);
    return { known, isAnswer: known?.key === key };
  }
}

/** The order of the definition, where a run's line is its number. */
function isPlanOrder({ sort, filter, group }: TableRequest): boolean {
  return sort === 'plan' && group === null && filter.trim() === '';
}

function planTable(request: TableRequest, count: number, isBehind: boolean): Table {
  return { request, isBehind, count, groups: [], order: null };
}

/** Places in the sweep's list of the runs at some lines. */
function positionsOf(
  { request, count, order }: Table,
  offset: number,
  limit: number,
): readonly number[] {
  if (order !== null) return [...order.subarray(offset, offset + limit)];
  const last = count - 1;
  const shown = Math.max(0, Math.min(limit, count - offset));
  return Array.from({ length: shown }, (_, index) =>
    request.isReversed ? last - offset - index : offset + index,
  );
}

import {
  type TableGroup,
  tableGroups,
  tableOrder,
  type TableQuery,
  type TableRow,
  tableRows,
} from '../../core/store/dashboard-table-queries.js';
import type { SweepDatabase } from '../../core/store/database.js';
import type { DashboardObjective, LiveRuns, TableSort } from '../../core/store/dashboard-scope.js';
import { Paced } from './paced.js';
import { SameRows } from './same-rows.js';

/** What the table is asked for; see `TableQuery`. */
export interface TableRequest {
  readonly sort: TableSort;
  readonly isReversed: boolean;
  readonly filter: string;
  readonly group: string | null;
}

/** What the rows are read from, as it stands now. */
export interface TableSource {
  readonly db: SweepDatabase;
  /** Changes with the data. */
  readonly version: number;
  readonly sweep: string;
  readonly objective: DashboardObjective;
  readonly live: LiveRuns;
  /** Number of runs in the sweep's list. */
  readonly runs: number;
}

/**
 * The lines of the table that are asked for. Which run stands at which line is read at a pace of its own and kept, so
 * that moving through a million runs costs what moving through ten does, in every order.
 */
export class TableReader {
  readonly #order = new Paced<readonly number[]>();
  readonly #rows = new Paced<readonly TableRow[]>();
  readonly #groups = new Paced<readonly TableGroup[]>();
  readonly #same = new SameRows<TableRow>();

  get paced(): readonly Pick<Paced<unknown>, 'takeLate'>[] {
    return [this.#order, this.#rows, this.#groups];
  }

  /** Number of runs that fit a request. */
  count(source: TableSource, request: TableRequest): number {
    return isPlanOrder(request) ? source.runs : this.#readOrder(source, request).length;
  }

  rows(
    source: TableSource,
    request: TableRequest,
    offset: number,
    limit: number,
  ): readonly TableRow[] {
    const positions = this.#positions(source, request, offset, limit);
    const key = `${positions.join()} ${source.live.join()}`;
    return this.#rows.read(key, source.version, () =>
      this.#same.of(tableRows(source.db, source, positions)),
    );
  }

  /** One line, beside those on the screen; undefined beyond the last. */
  rowAt(source: TableSource, request: TableRequest, index: number): TableRow | undefined {
    return tableRows(source.db, source, this.#positions(source, request, index, 1))[0];
  }

  groups(source: TableSource, request: TableRequest): readonly TableGroup[] {
    if (request.group === null) return [];
    return this.#groups.read(keyOf(request), source.version, () =>
      tableGroups(source.db, queryOf(source, request)),
    );
  }

  /** Places in the sweep's list of the runs at some lines. */
  #positions(
    source: TableSource,
    request: TableRequest,
    offset: number,
    limit: number,
  ): readonly number[] {
    if (!isPlanOrder(request))
      return this.#readOrder(source, request).slice(offset, offset + limit);
    const last = source.runs - 1;
    const count = Math.max(0, Math.min(limit, source.runs - offset));
    return Array.from({ length: count }, (_, index) =>
      request.isReversed ? last - offset - index : offset + index,
    );
  }

  #readOrder(source: TableSource, request: TableRequest): readonly number[] {
    // Who lives has a say in the states.
    const hasStates = request.sort === 'state' || request.filter !== '';
    const key = `${keyOf(request)} ${hasStates ? source.live.join() : ''}`;
    return this.#order.read(key, source.version, () =>
      tableOrder(source.db, queryOf(source, request)),
    );
  }
}

/** The order of the definition, where a run's line is its number. */
function isPlanOrder({ sort, filter, group }: TableRequest): boolean {
  return sort === 'plan' && group === null && filter.trim() === '';
}

function keyOf(request: TableRequest): string {
  return JSON.stringify(request);
}

function queryOf({ sweep, objective, live }: TableSource, request: TableRequest): TableQuery {
  return { ...request, sweep, objective, live };
}

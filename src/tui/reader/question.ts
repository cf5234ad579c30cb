import {
  type RankedRun,
  rankedRuns,
  type SizePoint,
  sizePoints,
} from '../../core/store/answer-queries.js';
import { type BestRun, bestRun } from '../../core/store/dashboard-overview-queries.js';
import {
  type CheckWanted,
  type OrderedTable,
  orderedTable,
} from '../../core/store/dashboard-table-order.js';
import {
  type RunToActOn,
  runsToActOn,
  type TableQuery,
} from '../../core/store/dashboard-table-queries.js';
import { type SweepTotals, sweepTotals } from '../../core/store/dashboard-totals-queries.js';
import type { SweepDatabase } from '../../core/store/database.js';
import type { RunState } from '../../core/run-folder/run-state.js';

/** The runs that a question is about. */
export type Scope = Pick<TableQuery, 'sweep' | 'objective' | 'live'>;

/** What is asked: all that needs a look at every run of a sweep, and so takes seconds with a million of them. */
interface Subjects {
  readonly totals: Scope;
  readonly best: Scope;
  readonly table: TableQuery;
  readonly ranking: Scope & { readonly limit: number };
  readonly sizes: Scope;
  readonly runsInStates: Scope & { readonly states: readonly RunState[] };
}

interface Answers {
  readonly totals: SweepTotals;
  readonly best: BestRun | null;
  readonly table: OrderedTable;
  readonly ranking: readonly RankedRun[];
  readonly sizes: readonly SizePoint[];
  readonly runsInStates: readonly RunToActOn[];
}

export type QuestionKind = keyof Subjects;

/** A question that can be sent to another thread. */
export type Question<K extends QuestionKind = QuestionKind> = {
  readonly [P in K]: { readonly kind: P; readonly about: Subjects[P] };
}[K];

export type Answer<K extends QuestionKind> = Answers[K];

const READINGS: {
  readonly [K in QuestionKind]: (
    db: SweepDatabase,
    about: Subjects[K],
    checkWanted?: CheckWanted,
  ) => Answers[K];
} = {
  totals: (db, { sweep, live }) => sweepTotals(db, sweep, live),
  best: (db, { sweep, objective }) => bestRun(db, sweep, objective),
  table: (db, query, checkWanted) => orderedTable(db, query, checkWanted),
  ranking: (db, { sweep, objective, live, limit }) => rankedRuns(db, sweep, objective, live, limit),
  sizes: (db, { sweep, objective }) => sizePoints(db, sweep, objective),
  runsInStates: (db, scope) => runsToActOn(db, scope, scope),
};

/**
 * Answers a question from the database, in the thread that calls it.
 *
 * @param checkWanted what it throws ends the reading
 */
export function answerOf<K extends QuestionKind>(
  db: SweepDatabase,
  question: Question<K>,
  checkWanted?: CheckWanted,
): Answer<K> {
  return READINGS[question.kind](db, question.about, checkWanted);
}

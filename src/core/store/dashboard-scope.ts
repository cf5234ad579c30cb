/** How a dashboard's queries see the runs of a sweep: their states in SQL, and the words a table may be sorted by. */

/**
 * The ids of runs that a living worker holds now, each with ` stalled` behind it if the worker does not get on. Who lives
 * is not in the database: it is asked of leases.
 */
export type LiveRuns = readonly string[];

/** The id in a word of {@link LiveRuns}. Taken off in SQL, it would keep the database from using its index. */
export function idOfLive(word: string): string {
  return word.split(' ', 1)[0] ?? word;
}

/**
 * The state of a run as SQL, in the words of `deriveRunState`; `@live` is {@link LiveRuns} as JSON. A place in a
 * sweep's list without a run is one of a run that waits for another's result. It agrees with that function but for a run whose folder was begun by hand and not recorded yet.
 */
export const STATE_SQL = `
  CASE
    WHEN runs.id IS NULL THEN 'waiting'
    WHEN outcome IN ('completed', 'diverged') THEN outcome
    WHEN runs.id IN (SELECT value FROM json_each(@live)) THEN 'running'
    WHEN runs.id || ' stalled' IN (SELECT value FROM json_each(@live)) THEN 'stalled'
    WHEN outcome IS NOT NULL THEN outcome
    WHEN attempt > 0 THEN 'stopped'
    ELSE 'planned'
  END`;

/** Columns of `runs` that hold a metric at the best checkpoint; see `objectiveValue`. */
const OBJECTIVE_COLUMNS: Readonly<Record<string, string>> = {
  'train.nll': 'best_train_nll',
  'train.top1': 'best_train_top1',
  'val.nll': 'best_val_nll',
  'val.top1': 'best_val_top1',
  'test.nll': 'test_nll',
  'test.top1': 'test_top1',
};

/** What "best" means in a sweep. */
export interface DashboardObjective {
  /** Such as `val.nll`. */
  readonly metric: string;
  readonly goal: 'minimize' | 'maximize';
}

/** SQL of a run's value of the objective; NULL for a metric that is not recorded. */
export function objectiveSql({ metric }: DashboardObjective): string {
  return OBJECTIVE_COLUMNS[metric] ?? 'NULL';
}

/** What the table may be sorted by: `plan` is the order of the definition. */
export const TABLE_SORTS = [
  'plan',
  'best',
  'nll',
  'top1',
  'epochs',
  'parameters',
  'name',
  'state',
] as const;
export type TableSort = (typeof TABLE_SORTS)[number];

/** The order of states in a table that is sorted by them: what needs a look comes first. */
const STATE_ORDER_SQL = `
  CASE (${STATE_SQL}) WHEN 'stalled' THEN 0 WHEN 'running' THEN 1 WHEN 'failed' THEN 2 WHEN 'diverged' THEN 3
    WHEN 'stopped' THEN 4 WHEN 'planned' THEN 5 WHEN 'waiting' THEN 6 ELSE 7 END`;

/** SQL after ORDER BY; a run without the value comes last in both directions, equal ones in the order of the plan. */
export function orderSql(
  sort: TableSort,
  isReversed: boolean,
  objective: DashboardObjective,
): string {
  const { sql, isDescending } = sortTerm(sort, objective);
  const direction = isDescending === isReversed ? 'ASC' : 'DESC';
  return sort === 'plan'
    ? `place.position ${direction}`
    : `${sql} ${direction} NULLS LAST, place.position`;
}

function sortTerm(
  sort: TableSort,
  objective: DashboardObjective,
): { readonly sql: string; readonly isDescending: boolean } {
  switch (sort) {
    case 'plan':
      return { sql: 'place.position', isDescending: false };
    case 'best':
      return { sql: objectiveSql(objective), isDescending: objective.goal === 'maximize' };
    case 'nll':
      return { sql: 'best_val_nll', isDescending: false };
    case 'top1':
      return { sql: 'best_val_top1', isDescending: true };
    case 'epochs':
      return { sql: 'epochs', isDescending: true };
    case 'parameters':
      return { sql: 'parameters', isDescending: false };
    case 'name':
      return { sql: 'place.name', isDescending: false };
    case 'state':
      return { sql: STATE_ORDER_SQL, isDescending: false };
  }
}

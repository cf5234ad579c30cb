import { z } from 'zod';
import { RUN_STATES, type RunState } from '../run-folder/run-state.js';
import { type LiveRuns, STATE_SQL } from './dashboard-scope.js';
import type { SweepDatabase } from './database.js';
import { jsonColumn, parseRows } from './parse-rows.js';
import { prepared } from './prepared.js';

const totalsRowSchema = z.object({
  kind: z.enum(['train', 'sample']),
  parameters: z.int(),
  tokens: z.int(),
  dataLimit: z.int().nullable(),
  maxEpochs: z.int().nullable(),
  state: z.enum(RUN_STATES),
  runs: z.int(),
  /** Of all attempts together. */
  seconds: z.number(),
  epochs: z.int(),
  /** What the epochs took, evaluation included. */
  epochSeconds: z.number(),
  fewestEpochs: z.int(),
  mostEpochs: z.int(),
  open: jsonColumn(z.array(z.string())),
});

/** The training runs of one size: what is left of them, and what they are known to take. */
export interface WorkGroup {
  readonly parameters: number;
  readonly tokens: number;
  readonly dataLimit: number | null;
  readonly maxEpochs: number;
  /** Runs that have not begun, or wait to be continued. */
  readonly unfinished: number;
  /** Epochs that those have behind them. */
  readonly unfinishedEpochs: number;
  /** Recorded epochs of all these runs, and what they took, evaluation included. */
  readonly epochs: number;
  readonly epochSeconds: number;
  readonly completed: number;
  /** Epochs after which the completed ones ended: early stopping ends most before `maxEpochs`. */
  readonly fewestEpochs: number | null;
  readonly meanEpochs: number | null;
  readonly mostEpochs: number | null;
}

/** A sweep counted up. */
export interface SweepTotals {
  /** How many runs are in each state; a run that is named twice counts once. */
  readonly states: ReadonlyMap<RunState, number>;
  readonly runs: number;
  /** Of all attempts of all runs together. */
  readonly seconds: number;
  /** The training runs by size; living runs count as measured, not as unfinished. */
  readonly work: readonly WorkGroup[];
  /**
   * Runs that have begun and not ended, as `id attempt`: those among which living ones are looked for. Another attempt
   * is another word.
   */
  readonly open: readonly string[];
}

/** All that needs a look at every run of a sweep, in one pass over them. */
export function sweepTotals(db: SweepDatabase, sweep: string, live: LiveRuns): SweepTotals {
  const select = prepared(
    db,
    `
    SELECT kind, parameters, tokens, data_limit, max_epochs, (${STATE_SQL}) AS state, count(*) AS runs,
      coalesce(sum(total_seconds), 0.0) AS seconds, sum(epochs) AS epochs,
      coalesce(sum(train_seconds + evaluate_seconds), 0.0) AS epoch_seconds,
      min(epochs) AS fewest_epochs, max(epochs) AS most_epochs,
      json_group_array(id || ' ' || attempt) FILTER (WHERE attempt > 0 AND outcome IS NULL) AS open
    FROM runs WHERE id IN (SELECT run_id FROM sweep_runs WHERE sweep = @sweep)
    GROUP BY 1, 2, 3, 4, 5, 6`,
  );
  const rows = parseRows(totalsRowSchema, select.all({ sweep, live: JSON.stringify(live) }));
  const waiting = countWaiting(db, sweep);
  const states = new Map<RunState, number>(waiting === 0 ? [] : [['waiting', waiting]]);
  for (const { state, runs } of rows) states.set(state, (states.get(state) ?? 0) + runs);
  return {
    states,
    runs: rows.reduce((sum, { runs }) => sum + runs, waiting),
    seconds: rows.reduce((sum, { seconds }) => sum + seconds, 0),
    work: workBySize(rows),
    open: rows.flatMap(({ open }) => open).sort(),
  };
}

/** Runs that stand on a result which is not there yet. */
function countWaiting(db: SweepDatabase, sweep: string): number {
  const select = prepared(
    db,
    'SELECT count(*) FROM sweep_runs WHERE run_id IS NULL AND sweep = @sweep',
  );
  return z.int().parse(select.pluck().get({ sweep }));
}

type TotalsRow = z.infer<typeof totalsRowSchema>;

function workBySize(rows: readonly TotalsRow[]): WorkGroup[] {
  const groups = new Map<string, WorkGroup>();
  for (const row of rows) {
    const { kind, parameters, tokens, dataLimit, maxEpochs } = row;
    if (kind !== 'train' || maxEpochs === null) continue;
    const key = `${parameters} ${tokens} ${dataLimit} ${maxEpochs}`;
    const none = { ...NO_WORK, parameters, tokens, dataLimit, maxEpochs };
    groups.set(key, withRow(groups.get(key) ?? none, row));
  }
  return [...groups.values()];
}

const NO_WORK = {
  unfinished: 0,
  unfinishedEpochs: 0,
  epochs: 0,
  epochSeconds: 0,
  completed: 0,
  fewestEpochs: null,
  meanEpochs: null,
  mostEpochs: null,
};

function withRow(group: WorkGroup, row: TotalsRow): WorkGroup {
  const measured = {
    ...group,
    epochs: group.epochs + row.epochs,
    epochSeconds: group.epochSeconds + row.epochSeconds,
  };
  switch (row.state) {
    case 'completed':
      return {
        ...measured,
        completed: row.runs,
        fewestEpochs: row.fewestEpochs,
        meanEpochs: row.epochs / row.runs,
        mostEpochs: row.mostEpochs,
      };
    case 'planned':
    case 'waiting':
    case 'failed':
    case 'stopped':
      return {
        ...measured,
        unfinished: group.unfinished + row.runs,
        unfinishedEpochs: group.unfinishedEpochs + row.epochs,
      };
    case 'running':
    case 'stalled':
    case 'diverged':
      return measured;
  }
}

import type { ResultsPaths } from '../../core/run-folder/paths.js';
import type { RunState } from '../../core/run-folder/run-state.js';
import {
  type RankedRun,
  rankedRuns,
  type SizePoint,
  sizePoints,
} from '../../core/store/answer-queries.js';
import {
  type BestRun,
  bestRun,
  stateCountsOf,
  type LiveRun,
  liveRuns,
  openRunIds,
  type StateCount,
  type WorkGroup,
  workGroups,
} from '../../core/store/dashboard-overview-queries.js';
import type { DashboardObjective, TableSort } from '../../core/store/dashboard-scope.js';
import {
  countTableRows,
  sweptKeys,
  type TableGroup,
  tableGroups,
  type TableQuery,
  type TableRow,
  tableRows,
} from '../../core/store/dashboard-table-queries.js';
import type { SweepDatabase } from '../../core/store/database.js';
import { type EpochRow, epochMetrics } from '../../core/store/metric-queries.js';
import type { SampleMoment, SampleSet } from '../../core/store/sample-queries.js';
import { findSweep, type SweepRow } from '../../core/store/sweep-queries.js';
import type { Correlate, RunCorrelation } from '../actions.js';
import { CurveCache } from './curve-cache.js';
import { findLiveRuns } from './live-runs.js';
import { createMachineReader, type MachineUse } from './machine-use.js';
import { Paced } from './paced.js';
import { logSizes, readRunDetail, type RunDetail, textsBack } from './run-detail.js';
import { type TimeLeft, TimeLeftEstimator } from './time-left.js';
import { WatchedDatabase } from './watched-database.js';

/** The sweep in numbers. */
export interface Overview {
  readonly sweep: SweepRow;
  readonly objective: DashboardObjective;
  readonly states: ReadonlyMap<RunState, number>;
  readonly runs: number;
  /** Of all attempts of all runs together. */
  readonly workedSeconds: number;
  readonly live: readonly LiveRun[];
  readonly timeLeft: TimeLeft | null;
  /** Of all living runs together; null when none has said yet. */
  readonly tokensPerSecond: number | null;
  readonly best: BestRun | null;
  /** Null while nothing runs: an idle screen does not change. */
  readonly machine: MachineUse | null;
}

/** A run whose curves are compared with others'. */
export interface ComparedRun {
  readonly id: string;
  readonly name: string;
  readonly epochs: readonly EpochRow[];
}

/** What the table is asked for; see `TableQuery`. */
export interface TableRequest {
  readonly sort: TableSort;
  readonly isReversed: boolean;
  readonly filter: string;
  readonly group: string | null;
}

/** Runs that a ranking has: nobody scrolls further. */
const MOST_RANKED = 500;

/** How often the leases of runs, the machine and the file of the database are looked at. */
const LEASES_MS = 1000;

/**
 * Everything a dashboard shows of one sweep. It only reads: the database, leases and logs.
 *
 * **Freshness**: {@link poll} tells whether anything has changed; what is read afterwards is the state of that moment.
 *
 * **Cost**: rows are read for the lines that are asked for; what needs the whole sweep is read at a pace that its own
 * duration sets.
 */
export class DashboardModel {
  readonly paths: ResultsPaths;
  readonly sweepName: string;
  readonly #database: WatchedDatabase;
  /** Counts changes of what is shown: of the data, of who lives, and of the clock while somebody does. */
  #revision = 0;
  #live: string[] = [];
  #visible: readonly string[] = [];
  #machine: MachineUse | null = null;
  #leasesReadMs = -Infinity;
  readonly #readMachine = createMachineReader();
  readonly #sweep = new Paced<SweepRow>();
  readonly #states = new Paced<readonly StateCount[]>();
  readonly #work = new Paced<readonly WorkGroup[]>();
  readonly #best = new Paced<BestRun | null>();
  readonly #open = new Paced<readonly string[]>();
  readonly #keys = new Paced<readonly string[]>();
  readonly #rows = new Paced<readonly TableRow[]>();
  readonly #count = new Paced<number>();
  readonly #groups = new Paced<readonly TableGroup[]>();
  readonly #run = new Paced<RunDetail | null>();
  readonly #texts = new Paced<ReturnType<typeof textsBack>>();
  readonly #ranking = new Paced<readonly RankedRun[]>();
  readonly #points = new Paced<readonly SizePoint[]>();
  readonly #correlations = new Map<
    string,
    { readonly epochs: number; readonly value: RunCorrelation }
  >();
  readonly #compared = new Paced<readonly ComparedRun[]>();
  /** The run that is looked at closely, and how long its logs are. */
  #watched: { readonly runId: string; readonly sizes: string } | null = null;
  readonly curves: CurveCache;

  /** @throws SweepError `bad-call` when there are no results or no such sweep, `bad-record` for a damaged database */
  constructor(paths: ResultsPaths, sweepName: string) {
    this.paths = paths;
    this.sweepName = sweepName;
    this.#database = new WatchedDatabase(paths.database);
    this.curves = new CurveCache();
    try {
      findSweep(this.db, sweepName);
    } catch (error) {
      this.close();
      throw error;
    }
    this.#readLeases();
  }

  get db(): SweepDatabase {
    return this.#database.db;
  }

  /** Another number whenever what is shown may have changed. */
  get revision(): number {
    return this.#revision;
  }

  /** Looks whether anything has changed since the last call; cheap enough for several times a second. */
  poll(nowMs: number = performance.now()): boolean {
    const before = this.#revision;
    const { version } = this.#database;
    if (nowMs - this.#leasesReadMs >= LEASES_MS) {
      this.#leasesReadMs = nowMs;
      this.#database.reopenIfReplaced();
      this.#readLeases();
    }
    this.#database.noticeChanges();
    if (this.#database.version !== version) this.#revision += 1;
    this.#pollLogs();
    // Each is asked, so that each forgets that it was late.
    const late = this.#paced().filter((paced) => paced.takeLate(nowMs));
    if (late.length > 0) this.#revision += 1;
    return this.#revision !== before;
  }

  /** What "best" means in this sweep. */
  objective(): DashboardObjective {
    return objectiveOf(this.#readSweep());
  }

  overview(): Overview {
    const sweep = this.#readSweep();
    const objective = objectiveOf(sweep);
    const key = this.#live.join();
    const counts = this.#states.read(key, this.#database.version, () =>
      stateCountsOf(this.db, this.sweepName, this.#live),
    );
    const live = this.#live.length === 0 ? [] : liveRuns(this.db, this.sweepName, this.#live);
    const states = new Map(counts.map(({ state, runs }) => [state, runs]));
    const isAtWork = live.length > 0;
    const rates = live.flatMap(({ textsPerSecond, tokens }) =>
      textsPerSecond === null ? [] : [textsPerSecond * tokens],
    );
    return {
      sweep,
      objective,
      states,
      runs: counts.reduce((sum, { runs }) => sum + runs, 0),
      workedSeconds: counts.reduce((sum, { seconds }) => sum + seconds, 0),
      live,
      timeLeft: isAtWork ? this.estimator().ofSweep(live, live.length) : null,
      tokensPerSecond: rates.length === 0 ? null : rates.reduce((sum, rate) => sum + rate, 0),
      best: this.#best.read('', this.#database.version, () =>
        bestRun(this.db, this.sweepName, objective),
      ),
      machine: isAtWork ? this.#machine : null,
    };
  }

  /** What the times left are computed from. */
  estimator(): TimeLeftEstimator {
    const groups = this.#work.read(this.#live.join(), this.#database.version, () =>
      workGroups(this.db, this.sweepName, this.#live),
    );
    return new TimeLeftEstimator(groups);
  }

  /** Number of lines that fit a request. */
  countRows(request: TableRequest): number {
    const query = this.#query(request);
    return this.#count.read(JSON.stringify(request), this.#database.version, () =>
      countTableRows(this.db, query),
    );
  }

  groups(request: TableRequest): readonly TableGroup[] {
    const query = this.#query(request);
    return this.#groups.read(JSON.stringify(request), this.#database.version, () =>
      tableGroups(this.db, query),
    );
  }

  rows(request: TableRequest, offset: number, limit: number): readonly TableRow[] {
    if (limit <= 0) return [];
    const query = this.#query(request);
    const key = JSON.stringify([request, offset, limit, this.#live]);
    const rows = this.#rows.read(key, this.#database.version, () =>
      tableRows(this.db, query, offset, limit),
    );
    this.#visible = rows.map(({ runId }) => runId);
    return rows;
  }

  /** One line, beside those on the screen; undefined beyond the last. */
  rowAt(request: TableRequest, index: number): TableRow | undefined {
    return tableRows(this.db, this.#query(request), index, 1)[0];
  }

  /** The run at a place of the sweep's list, as it stands now. */
  rowOfPlan(position: number): TableRow | undefined {
    const request = { sort: 'plan', isReversed: false, filter: '', group: null } as const;
    const [row] = tableRows(this.db, this.#query(request), position, 1);
    if (row !== undefined) this.#visible = [row.runId];
    return row;
  }

  /** What there is to know of a run; from now on {@link poll} looks at its logs too. Null when it is not recorded. */
  run(runId: string): RunDetail | null {
    if (this.#watched?.runId !== runId)
      this.#watched = { runId, sizes: logSizes(this.paths, runId) };
    const key = `${runId} ${this.#watched.sizes}`;
    return this.#run.read(key, this.#database.version, () =>
      readRunDetail(this.db, this.paths, runId),
    );
  }

  /** Texts of a run at a moment counted back from the newest. */
  texts(
    detail: RunDetail,
    back: number,
  ): { readonly moment: SampleMoment; readonly sets: readonly SampleSet[] } | null {
    return this.#texts.read(`${detail.run.id} ${back}`, this.#database.version, () =>
      textsBack(this.db, detail, back),
    );
  }

  /** Validation curves of runs, to be compared. */
  compared(runs: ReadonlyMap<string, string>): readonly ComparedRun[] {
    return this.#compared.read([...runs.keys()].join(), this.#database.version, () =>
      [...runs].map(([id, name]) => ({ id, name, epochs: epochMetrics(this.db, id) })),
    );
  }

  /** The best runs, at most `MOST_RANKED` of them. */
  ranking(): readonly RankedRun[] {
    const objective = this.objective();
    return this.#ranking.read(this.#live.join(), this.#database.version, () =>
      rankedRuns(this.db, this.sweepName, objective, this.#live, MOST_RANKED),
    );
  }

  sizePoints(): readonly SizePoint[] {
    const objective = this.objective();
    return this.#points.read('', this.#database.version, () =>
      sizePoints(this.db, this.sweepName, objective),
    );
  }

  /** Validation NLL against top-1 of a run; computed again when it has another number of epochs. */
  correlation(runId: string, epochs: number, correlate: Correlate): RunCorrelation {
    const kept = this.#correlations.get(runId);
    if (kept?.epochs === epochs) return kept.value;
    const rows = epochMetrics(this.db, runId);
    const value = correlate(
      rows.map(({ valNll }) => valNll),
      rows.map(({ valTop1 }) => valTop1),
    );
    this.#correlations.set(runId, { epochs, value });
    return value;
  }

  /** Keys whose values tell the runs apart. */
  sweptKeys(): readonly string[] {
    return this.#keys.read('', this.#database.version, () => sweptKeys(this.db, this.sweepName));
  }

  close(): void {
    this.#database.close();
  }

  #readSweep(): SweepRow {
    return this.#sweep.read('', this.#database.version, () => findSweep(this.db, this.sweepName));
  }

  #query(request: TableRequest): TableQuery {
    return { ...request, sweep: this.sweepName, objective: this.objective(), live: this.#live };
  }

  #paced(): readonly Pick<Paced<unknown>, 'takeLate'>[] {
    return [
      ...[this.#states, this.#work, this.#best, this.#rows, this.#count, this.#groups],
      ...[this.#run, this.#texts, this.#compared, this.#ranking, this.#points],
    ];
  }

  #pollLogs(): void {
    if (this.#watched === null) return;
    const { runId, sizes } = this.#watched;
    const now = logSizes(this.paths, runId);
    if (now === sizes) return;
    this.#watched = { runId, sizes: now };
    this.#revision += 1;
  }

  #readLeases(): void {
    const open = this.#open.read('', this.#database.version, () =>
      openRunIds(this.db, this.sweepName),
    );
    // A worker holds its lease before it says that it has started: the runs on the screen are looked at as well.
    const live = findLiveRuns(this.paths, [...open, ...this.#visible, ...this.#live]);
    const hasChanged = live.join() !== this.#live.join();
    this.#live = live;
    if (live.length > 0) this.#machine = this.#readMachine();
    // The clock of what runs goes on.
    if (hasChanged || live.length > 0) this.#revision += 1;
  }
}

/** Without an objective, the lowest validation NLL is the best. */
function objectiveOf({ objectiveMetric, objectiveGoal }: SweepRow): DashboardObjective {
  return { metric: objectiveMetric ?? 'val.nll', goal: objectiveGoal ?? 'minimize' };
}

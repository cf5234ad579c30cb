import type { ResultsPaths } from '../../core/run-folder/paths.js';
import type { RunState } from '../../core/run-folder/run-state.js';
import { liveRuns } from '../../core/store/dashboard-overview-queries.js';
import type { DashboardObjective } from '../../core/store/dashboard-scope.js';
import {
  repeatedLines,
  runsToActOn,
  type RunToActOn,
  sweptKeys,
  type TableRow,
} from '../../core/store/dashboard-table-queries.js';
import type { SweepDatabase } from '../../core/store/database.js';
import { findSweep, type SweepRow } from '../../core/store/sweep-queries.js';
import { AnswersReader } from './answers-reader.js';
import { CloseUpReader } from './close-up-reader.js';
import { CurveCache, type RunProgress } from './curve-cache.js';
import type { ReadGpus } from './gpu-watch.js';
import type { MachineUse } from './machine-use.js';
import { MachineWatch } from './machine-watch.js';
import { type Overview, overviewOf } from './overview.js';
import { OwnReader, type Reader, type SlowReader, type StartReader } from '../reader/reader.js';
import { Paced } from './paced.js';
import { type Known, PacedQuestion } from './paced-question.js';
import { Presence } from './presence.js';
import type { ProcessUse } from './process-use.js';
import { type ShownTable, TableReader, type TableRequest } from './table-reader.js';
import type { TableSource } from './table-source.js';
import type { TimeLeftEstimator } from './time-left.js';
import { type Estimated, TotalsReader } from './totals-reader.js';
import { WatchedDatabase } from './watched-database.js';

/** How often the leases of runs, the machine and the file of the database are looked at. */
const LEASES_MS = 1000;

/** From so many runs on, what needs a look at every run is read beside the thread that draws: it takes 10 ms here. */
const LARGE_SWEEP = 2000;

/** What a dashboard looks at the world with beside the database. */
export interface ModelMeans {
  /** @default null: nothing is said of GPUs */
  readonly readGpus?: ReadGpus;
  /** Reads the use of this machine. @default from the operating system */
  readonly readMachine?: () => MachineUse;
  /** Starts a reader for a large sweep. @default null: everything is read in this thread */
  readonly startReader?: StartReader | null;
}

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
  readonly #presence: Presence;
  #leasesReadMs = -Infinity;
  readonly #sweep = new Paced<SweepRow>();
  readonly #totals = new TotalsReader();
  readonly #best = new PacedQuestion<'best'>();
  readonly #ownReader = new OwnReader(() => this.db);
  readonly #startReader: StartReader | null;
  #slowReader: SlowReader | null = null;
  readonly #keys = new Paced<readonly string[]>();
  readonly #repeats = new Paced<number>();
  readonly #table = new TableReader();
  readonly #planRow = new Paced<TableRow | undefined>();
  /** What the runs say together: who is best, and how scores and sizes go together. */
  readonly answers = new AnswersReader(() => this.#source());
  /** What is known of single runs; {@link poll} looks at the folder of the one that was read last. */
  readonly closeUp: CloseUpReader;
  readonly #curves = new CurveCache();

  /** @throws SweepError `bad-call` when there are no results or no such sweep, `bad-record` for a damaged database */
  constructor(paths: ResultsPaths, sweepName: string, means: ModelMeans = {}) {
    this.paths = paths;
    this.sweepName = sweepName;
    this.#database = new WatchedDatabase(paths.database);
    this.#presence = new Presence(
      paths,
      new MachineWatch(means.readGpus ?? null, means.readMachine),
    );
    this.#startReader = means.startReader ?? null;
    this.closeUp = new CloseUpReader(paths, () => this.#source());
    try {
      findSweep(this.db, sweepName);
    } catch (error) {
      this.close();
      throw error;
    }
    this.#lookWhoLives(performance.now());
  }

  get db(): SweepDatabase {
    return this.#database.db;
  }

  /** Why what is shown is old, and the way out; null while the database is as it should be. */
  get problem(): string | null {
    return this.#database.problem;
  }

  /** Another number whenever what is shown may have changed. */
  get revision(): number {
    return this.#revision;
  }

  /** Whether this machine has next to no processor time left, as far as it was looked at: it is while something runs. */
  get isMachineFull(): boolean {
    return this.#presence.isMachineFull;
  }

  /** Looks whether anything has changed since the last call; cheap enough for several times a second. */
  poll(nowMs: number = performance.now()): boolean {
    const before = this.#revision;
    const { version } = this.#database;
    if (nowMs - this.#leasesReadMs >= LEASES_MS) {
      this.#leasesReadMs = nowMs;
      const { problem } = this.#database;
      this.#database.reopenIfReplaced();
      if (this.#database.problem !== problem) this.#revision += 1;
      this.#lookWhoLives(nowMs);
    }
    this.#database.noticeChanges();
    if (this.#database.version !== version) this.#revision += 1;
    if (this.closeUp.noticeFolder()) this.#revision += 1;
    // Each is asked, so that each forgets that it was late.
    const news = this.#paced().filter((paced) => paced.takeNews(nowMs));
    if (news.length > 0) this.#revision += 1;
    // What is drawn next asks, and hears of it where an error ends the dashboard in good order.
    if (this.#slowReader?.hasFailed === true) this.#revision += 1;
    return this.#revision !== before;
  }

  /** What "best" means in this sweep. */
  objective(): DashboardObjective {
    return objectiveOf(this.#readSweep());
  }

  overview(): Overview {
    const sweep = this.#readSweep();
    const objective = objectiveOf(sweep);
    const { totals, estimator } = this.#readTotals();
    const source = this.#source();
    const live = source.live.length === 0 ? [] : liveRuns(this.db, this.sweepName, source.live);
    return overviewOf(
      {
        sweep,
        objective,
        live,
        best: this.#readBest(source)?.answer ?? null,
        machine: live.length === 0 ? null : this.#presence.machine(live, performance.now()),
      },
      totals,
      estimator,
    );
  }

  /** Whether a failed run on the screen is tried again by itself. */
  isRetrying(runId: string): boolean {
    return this.#presence.isRetrying(runId);
  }

  /** What the worker of a run uses; null when none is seen on this machine. */
  worker(runId: string): ProcessUse | null {
    return this.#presence.worker(runId);
  }

  /** What the times left are computed from. */
  estimator(): TimeLeftEstimator {
    return this.#readTotals().estimator;
  }

  /** What the table shows when this is asked for; the rows below are those of it. */
  table(request: TableRequest): ShownTable {
    return this.#table.shown(this.#source(), request);
  }

  /** Lines of the table; a row that has not changed is the same object as before. */
  rows(request: TableRequest, offset: number, limit: number): readonly TableRow[] {
    const rows = this.#table.rows(this.#source(), request, offset, Math.max(0, limit));
    this.#presence.show(rows);
    return rows;
  }

  /** One line, beside those on the screen; undefined beyond the last. */
  rowAt(request: TableRequest, index: number): TableRow | undefined {
    return this.#table.rowAt(this.#source(), request, index);
  }

  /** Validation NLL of a run by epoch; the same array as long as it has as many epochs. */
  curve(run: RunProgress): readonly number[] {
    return this.#curves.validationNll(this.db, run);
  }

  /** The run at a place of the sweep's list, as it stands now. */
  rowOfPlan(position: number): TableRow | undefined {
    const request = { sort: 'plan', isReversed: false, filter: '', group: null } as const;
    const row = this.#planRow.read(
      `${position} ${this.#presence.live.join()}`,
      this.#database.version,
      () => this.rowAt(request, position),
    );
    if (row !== undefined) this.#presence.show([row]);
    return row;
  }

  /** Runs by their ids, as they stand now. */
  runsByIds(ids: readonly string[]): readonly RunToActOn[] {
    return runsToActOn(this.db, this.#source(), { ids });
  }

  /** All runs of the sweep in some states: told at once or, in a large sweep, later. */
  runsInStates(states: readonly RunState[], onAnswer: (runs: readonly RunToActOn[]) => void): void {
    const { sweep, objective, live, reader } = this.#source();
    reader.ask({ kind: 'runsInStates', about: { sweep, objective, live, states } }, onAnswer);
  }

  /** Keys whose values tell the runs apart. */
  sweptKeys(): readonly string[] {
    return this.#keys.read('', this.#database.version, () => sweptKeys(this.db, this.sweepName));
  }

  /** Lines of the whole table whose run stands on another one as well; of a large sweep it is not asked. */
  repeatedLines(): number {
    if (this.#readSweep().runCount >= LARGE_SWEEP) return 0;
    return this.#repeats.read('', this.#database.version, () =>
      repeatedLines(this.db, this.sweepName),
    );
  }

  close(): void {
    this.#slowReader?.close();
    this.#presence.close();
    this.#database.close();
  }

  #readSweep(): SweepRow {
    return this.#sweep.read('', this.#database.version, () => findSweep(this.db, this.sweepName));
  }

  #readTotals(): Estimated {
    return this.#totals.read(this.#source());
  }

  #readBest({ sweep, objective, live, version, reader }: TableSource): Known<'best'> | null {
    const about = { sweep, objective, live };
    return this.#best.read('', `${version}`, { kind: 'best', about }, reader);
  }

  #source(): TableSource {
    const { runCount: runs } = this.#readSweep();
    const { version } = this.#database;
    const objective = this.objective();
    const reader = this.#readerFor(runs);
    return {
      db: this.db,
      version,
      sweep: this.sweepName,
      objective,
      live: this.#presence.live,
      runs,
      reader,
    };
  }

  #readerFor(runs: number): Reader {
    if (runs < LARGE_SWEEP || this.#startReader === null) return this.#ownReader;
    this.#slowReader ??= this.#startReader(this.paths.database);
    return this.#slowReader;
  }

  #paced(): readonly Pick<Paced<unknown>, 'takeNews'>[] {
    return [
      ...[this.#sweep, ...this.#totals.paced, this.#best, ...this.#table.paced, this.#planRow],
      ...[...this.closeUp.paced, ...this.answers.paced],
    ];
  }

  #lookWhoLives(nowMs: number): void {
    const open = this.#readTotals().totals?.open ?? [];
    if (this.#presence.look(open, nowMs)) this.#revision += 1;
  }
}

/** Without an objective, the lowest validation NLL is the best. */
function objectiveOf({ objectiveMetric, objectiveGoal }: SweepRow): DashboardObjective {
  return { metric: objectiveMetric ?? 'val.nll', goal: objectiveGoal ?? 'minimize' };
}

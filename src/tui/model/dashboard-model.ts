import type { ResultsPaths } from '../../core/run-folder/paths.js';
import { isFinal, type RunState } from '../../core/run-folder/run-state.js';
import { type BestRun, bestRun, liveRuns } from '../../core/store/dashboard-overview-queries.js';
import type { DashboardObjective } from '../../core/store/dashboard-scope.js';
import {
  runsToActOn,
  type RunToActOn,
  sweptKeys,
  type TableGroup,
  type TableRow,
} from '../../core/store/dashboard-table-queries.js';
import { type SweepTotals, sweepTotals } from '../../core/store/dashboard-totals-queries.js';
import type { SweepDatabase } from '../../core/store/database.js';
import { findSweep, type SweepRow } from '../../core/store/sweep-queries.js';
import { AnswersReader } from './answers-reader.js';
import { CloseUpReader } from './close-up-reader.js';
import { CurveCache } from './curve-cache.js';
import { LiveRunsWatch } from './live-runs.js';
import type { ReadGpus } from './gpu-watch.js';
import { MachineWatch } from './machine-watch.js';
import { type Overview, overviewOf } from './overview.js';
import { Paced } from './paced.js';
import type { ProcessUse } from './process-use.js';
import { TableReader, type TableRequest, type TableSource } from './table-reader.js';
import { TimeLeftEstimator } from './time-left.js';
import { WatchedDatabase } from './watched-database.js';

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
  #live: readonly string[] = [];
  readonly #liveRuns: LiveRunsWatch;
  #visible: readonly string[] = [];
  readonly #machine: MachineWatch;
  #leasesReadMs = -Infinity;
  readonly #sweep = new Paced<SweepRow>();
  readonly #totals = new Paced<{
    readonly totals: SweepTotals;
    readonly estimator: TimeLeftEstimator;
  }>();
  readonly #best = new Paced<BestRun | null>();
  readonly #keys = new Paced<readonly string[]>();
  readonly #table = new TableReader();
  readonly #planRow = new Paced<TableRow | undefined>();
  /** What the runs say together: who is best, and how scores and sizes go together. */
  readonly answers = new AnswersReader(() => this.#source());
  /** What is known of single runs; {@link poll} looks at the folder of the one that was read last. */
  readonly closeUp: CloseUpReader;
  readonly #curves = new CurveCache();

  /** @throws SweepError `bad-call` when there are no results or no such sweep, `bad-record` for a damaged database */
  constructor(paths: ResultsPaths, sweepName: string, readGpus: ReadGpus = null) {
    this.paths = paths;
    this.sweepName = sweepName;
    this.#database = new WatchedDatabase(paths.database);
    this.#liveRuns = new LiveRunsWatch(paths);
    this.#machine = new MachineWatch(readGpus);
    this.closeUp = new CloseUpReader(paths, () => this.#source());
    try {
      findSweep(this.db, sweepName);
    } catch (error) {
      this.close();
      throw error;
    }
    this.#readLeases(performance.now());
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
      this.#readLeases(nowMs);
    }
    this.#database.noticeChanges();
    if (this.#database.version !== version) this.#revision += 1;
    if (this.closeUp.noticeFolder()) this.#revision += 1;
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
    const { totals, estimator } = this.#readTotals();
    const live = this.#live.length === 0 ? [] : liveRuns(this.db, this.sweepName, this.#live);
    return overviewOf(
      {
        sweep,
        objective,
        live,
        best: this.#best.read('', this.#database.version, () =>
          bestRun(this.db, this.sweepName, objective),
        ),
        machine: live.length === 0 ? null : this.#machine.reading(live, performance.now()),
      },
      totals,
      estimator,
    );
  }

  /** What the worker of a run uses; null when none is seen on this machine. */
  worker(runId: string): ProcessUse | null {
    return this.#machine.worker(runId);
  }

  /** What the times left are computed from. */
  estimator(): TimeLeftEstimator {
    return this.#readTotals().estimator;
  }

  /** Number of lines that fit a request. */
  countRows(request: TableRequest): number {
    return this.#table.count(this.#source(), request);
  }

  groups(request: TableRequest): readonly TableGroup[] {
    return this.#table.groups(this.#source(), request);
  }

  /** Lines of the table; a row that has not changed is the same object as before. */
  rows(request: TableRequest, offset: number, limit: number): readonly TableRow[] {
    const rows = this.#table.rows(this.#source(), request, offset, Math.max(0, limit));
    this.#visible = rows.flatMap(idUnlessFinal);
    return rows;
  }

  /** One line, beside those on the screen; undefined beyond the last. */
  rowAt(request: TableRequest, index: number): TableRow | undefined {
    return this.#table.rowAt(this.#source(), request, index);
  }

  /** Validation NLL of a run by epoch; the same array as long as it has as many epochs. */
  curve(runId: string, epochs: number): readonly number[] {
    return this.#curves.validationNll(this.db, runId, epochs);
  }

  /** The run at a place of the sweep's list, as it stands now. */
  rowOfPlan(position: number): TableRow | undefined {
    const request = { sort: 'plan', isReversed: false, filter: '', group: null } as const;
    const row = this.#planRow.read(`${position} ${this.#live.join()}`, this.#database.version, () =>
      this.rowAt(request, position),
    );
    if (row !== undefined) this.#visible = idUnlessFinal(row);
    return row;
  }

  /** Runs by their ids, as they stand now. */
  runsByIds(ids: readonly string[]): readonly RunToActOn[] {
    return runsToActOn(this.db, this.#source(), { ids });
  }

  /** All runs of the sweep in some states. */
  runsInStates(states: readonly RunState[]): readonly RunToActOn[] {
    return runsToActOn(this.db, this.#source(), { states });
  }

  /** Keys whose values tell the runs apart. */
  sweptKeys(): readonly string[] {
    return this.#keys.read('', this.#database.version, () => sweptKeys(this.db, this.sweepName));
  }

  close(): void {
    this.#machine.close();
    this.#database.close();
  }

  #readSweep(): SweepRow {
    return this.#sweep.read('', this.#database.version, () => findSweep(this.db, this.sweepName));
  }

  #readTotals(): { readonly totals: SweepTotals; readonly estimator: TimeLeftEstimator } {
    return this.#totals.read(this.#live.join(), this.#database.version, () => {
      const totals = sweepTotals(this.db, this.sweepName, this.#live);
      return { totals, estimator: new TimeLeftEstimator(totals.work) };
    });
  }

  #source(): TableSource {
    const { runCount: runs } = this.#readSweep();
    const { version } = this.#database;
    const objective = this.objective();
    return { db: this.db, version, sweep: this.sweepName, objective, live: this.#live, runs };
  }

  #paced(): readonly Pick<Paced<unknown>, 'takeLate'>[] {
    return [
      ...[this.#sweep, this.#totals, this.#best, ...this.#table.paced, this.#planRow],
      ...[...this.closeUp.paced, ...this.answers.paced],
    ];
  }

  #readLeases(nowMs: number): void {
    const { open } = this.#readTotals().totals;
    const live = this.#liveRuns.look(open, this.#visible, nowMs);
    const hasChanged = live.join() !== this.#live.join();
    this.#live = live;
    this.#machine.look(this.#liveRuns.holders, nowMs);
    // The clock of what runs goes on.
    if (hasChanged || live.length > 0) this.#revision += 1;
  }
}

/** The id of a run that a worker may hold. */
function idUnlessFinal({ runId, state }: TableRow): string[] {
  return runId === null || isFinal(state) ? [] : [runId];
}

/** Without an objective, the lowest validation NLL is the best. */
function objectiveOf({ objectiveMetric, objectiveGoal }: SweepRow): DashboardObjective {
  return { metric: objectiveMetric ?? 'val.nll', goal: objectiveGoal ?? 'minimize' };
}

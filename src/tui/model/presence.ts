import { readNextTry } from '../../core/run-folder/next-try.js';
import type { ResultsPaths } from '../../core/run-folder/paths.js';
import { isFinal } from '../../core/run-folder/run-state.js';
import type { LiveRun } from '../../core/store/dashboard-overview-queries.js';
import type { TableRow } from '../../core/store/dashboard-table-queries.js';
import { type BegunRun, LiveRunsWatch } from './live-runs.js';
import type { MachineReading, MachineWatch } from './machine-watch.js';
import type { ProcessUse } from './process-use.js';

/** What is true now and not in the database: which runs are at work, what they use, and which are tried again. */
export class Presence {
  readonly #paths: ResultsPaths;
  readonly #liveRuns: LiveRunsWatch;
  readonly #machine: MachineWatch;
  #live: readonly string[] = [];
  /** Of the runs on the screen, those that a worker may hold. */
  #visible: readonly BegunRun[] = [];
  /** Of the runs on the screen, those that have failed. */
  #failed: readonly string[] = [];
  #retrying: ReadonlySet<string> = new Set();

  constructor(paths: ResultsPaths, machine: MachineWatch) {
    this.#paths = paths;
    this.#liveRuns = new LiveRunsWatch(paths);
    this.#machine = machine;
  }

  /** Whether this machine has next to no processor time left, as of the last look at which a run was at work. */
  get isMachineFull(): boolean {
    return this.#machine.isFull;
  }

  /** Ids of the runs at work, as of the last look. */
  get live(): readonly string[] {
    return this.#live;
  }

  /** Whether a failed run on the screen is tried again by itself, as of the last look. */
  isRetrying(runId: string): boolean {
    return this.#retrying.has(runId);
  }

  /** What the worker of a run uses; null when none is seen on this machine. */
  worker(runId: string): ProcessUse | null {
    return this.#machine.worker(runId);
  }

  /** What the machine is used for, now that these runs are at work; null before the first look. */
  machine(live: readonly LiveRun[], nowMs: number): MachineReading | null {
    return this.#machine.reading(live, nowMs);
  }

  /** These rows are on the screen now. */
  show(rows: readonly TableRow[]): void {
    this.#visible = rows.flatMap((row) =>
      row.runId === null || isFinal(row.state) ? [] : [{ id: row.runId, attempt: row.attempt }],
    );
    this.#failed = rows.flatMap(({ runId, state }) =>
      runId !== null && state === 'failed' ? [runId] : [],
    );
  }

  /**
   * Looks again.
   *
   * @param open runs that have begun and not ended, as `id attempt`
   * @returns whether what is shown may have changed: it does with the clock while somebody is at work
   */
  look(open: readonly string[], nowMs: number): boolean {
    const before = [this.#live.join(), [...this.#retrying].join()];
    this.#retrying = new Set(this.#failed.filter((id) => readNextTry(this.#paths, id) !== null));
    this.#live = this.#liveRuns.look(open, this.#visible, nowMs);
    this.#machine.look(this.#liveRuns.holders, nowMs);
    const now = [this.#live.join(), [...this.#retrying].join()];
    return this.#live.length > 0 || now.join(' ') !== before.join(' ');
  }

  close(): void {
    this.#machine.close();
  }
}

import type { ResultsPaths } from '../../core/run-folder/paths.js';
import type { RunFile } from '../../core/run-folder/run-file.js';
import { clearStopRequest, stopAskedOfCoordinator } from '../../core/run-folder/stop-request.js';
import type { Recorder } from '../../core/store/recorder.js';
import type { PlanSource } from '../plan/plan.js';
import type { PlannedRun, WaitingRun } from '../plan/planned-run.js';
import type { RunTodo } from './do-runs.js';
import type { HeldResults } from './hold-results.js';
import { IdSet } from './id-set.js';
import type { OutcomeBook } from './outcome-book.js';
import { PlanRecord } from './plan-record.js';

/** What a pass is made with. */
export interface PassOrder {
  readonly paths: ResultsPaths;
  readonly recorder: Recorder;
  /** What was tried by this start already. */
  readonly tried: OutcomeBook;
  /** This process as a coordinator. */
  readonly held: Pick<HeldResults, 'number' | 'check'>;
}

/** A part of a plan that is on record. */
export interface PlannedPart {
  /** Its runs, those left out whose key an earlier run of the pass has. */
  readonly runs: readonly PlannedRun[];
  readonly todo: readonly RunTodo[];
}

/** Runs that wait are told by name up to this number. */
const MOST_TOLD = 20;

/**
 * One way through the runs of a sweep: each part of its plan is put on record, and what is to be done of it is handed out
 * before the next one is planned. Only a part is in memory, however many runs there are.
 */
export class SweepPass {
  readonly source: PlanSource;
  /** Runs that were planned so far, those with the same key each. */
  planned = 0;
  /** Different runs that were found finished. */
  finished = 0;
  /** Runs that stand on a result that is not there. */
  waiting = 0;
  /** The first of them. */
  readonly firstWaiting: WaitingRun[] = [];
  readonly #order: PassOrder;
  readonly #record: PlanRecord;
  readonly #seen = new IdSet();
  readonly #parts: AsyncIterator<readonly PlannedRun[]> | Iterator<readonly PlannedRun[]>;

  constructor(source: PlanSource, order: PassOrder) {
    this.source = source;
    this.#order = order;
    this.#record = new PlanRecord(source.definition, order.paths, order.recorder);
    const parts = source.parts();
    this.#parts =
      Symbol.asyncIterator in parts ? parts[Symbol.asyncIterator]() : parts[Symbol.iterator]();
  }

  /** Plans the next part and puts it on record; null when there is none. */
  async next(): Promise<PlannedPart | null> {
    const result = await this.#parts.next();
    if (result.done === true) {
      this.#record.finish();
      return null;
    }
    const planned = result.value;
    this.#order.held.check();
    this.#takeBackWishes(planned);
    const files = await this.#record.add(planned);
    this.planned += planned.length;
    const runs = planned.filter((run) => run.status === 'waiting' || this.#seen.add(run.id));
    for (const run of runs) this.#count(run);
    return { runs, todo: runs.flatMap((run) => this.#todoOf(run, files)) };
  }

  /** What is to be done of a part, then of all that follow. */
  async *todoFrom(part: PlannedPart | null): AsyncGenerator<RunTodo> {
    for (let at = part; at !== null; at = await this.next()) yield* at.todo;
  }

  #count(run: PlannedRun): void {
    if (run.status === 'finished') this.finished += 1;
    if (run.status !== 'waiting') return;
    this.waiting += 1;
    if (this.firstWaiting.length < MOST_TOLD) this.firstWaiting.push(run);
  }

  #todoOf(run: PlannedRun, files: ReadonlyMap<string, RunFile>): readonly RunTodo[] {
    if (run.status === 'waiting' || run.status === 'finished') return [];
    const { name, id, changes, status } = run;
    if (this.#order.tried.unfinished(id) !== undefined) return [];
    const { name: sweep } = this.source.definition;
    const file = files.get(id);
    const isContinued = status === 'to-be-continued';
    return [{ sweep, name, id, changes, isContinued, ...(file === undefined ? {} : { file }) }];
  }

  /** A start is a newer wish than what was asked of earlier ones. */
  #takeBackWishes(runs: readonly PlannedRun[]): void {
    const { paths, held } = this.#order;
    for (const planned of runs) {
      if (planned.status === 'waiting' || planned.state === undefined) continue; // it has no folder
      const run = paths.run(planned.id);
      if (stopAskedOfCoordinator(run, held.number) === null) clearStopRequest(run);
    }
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import type { Device } from '../../core/engine/devices.js';
import type { ResultsPaths } from '../../core/run-folder/paths.js';
import { lastAttempt } from '../../core/run-folder/attempts.js';
import { clearNextTry } from '../../core/run-folder/next-try.js';
import { readRunFile, type RunFile } from '../../core/run-folder/run-file.js';
import { isFinal } from '../../core/run-folder/run-state.js';
import { clearStopRequest, stopAskedOfCoordinator } from '../../core/run-folder/stop-request.js';
import { requestRunStop, takeRetryRequest } from '../control/run-requests.js';
import type { Recorder } from '../../core/store/recorder.js';
import type { LaunchedWorker } from '../launchers/launcher.js';
import type { SweepControl } from '../control/sweep-control.js';
import { type AttemptOrder, attemptRun } from './attempt-run.js';
import type { AttemptResult } from './close-attempt.js';
import { DevicePool } from './device-pool.js';
import { Intake } from './intake.js';
import { FailureTally, type ValueCounts } from './failure-tally.js';
import type { ObservedRun } from './observer.js';
import { OutcomeBook } from './outcome-book.js';
import { type Retry, RetryBook } from './retry-book.js';
import { RunQueue, type Turn } from './run-queue.js';
import { waitForTry } from './wait-for-try.js';
import { watchControl } from './watch-control.js';

/** A run to do, with the sweep that asks for it. */
export interface RunTodo {
  readonly sweep: string;
  /** Name of the run in that sweep. */
  readonly name: string;
  readonly id: string;
  /** Whether it was begun before. */
  readonly isContinued: boolean;
  /** What it states beyond the base of that sweep. */
  readonly changes: Readonly<Record<string, unknown>>;
  /** What its `run.json` says, where that is known; else it is read. */
  readonly file?: RunFile;
}

/** From this many runs on that a user may want to be tried again, they are looked at now and then only. */
const MANY_UNFINISHED = 100;
const MANY_LOOK_MS = 5_000;
/** What is asked of a sweep is looked at after a run, unless that was done within this time. */
const CONTROL_MS = 50;

/** What runs are done with. */
export interface RunsOrder extends Omit<AttemptOrder, 'intake'> {
  readonly recorder: Pick<Recorder, 'ingestTogether'>;
  /** Where runs are done, at least one: several GPUs share them. */
  readonly devices: readonly Device[];
  /** The sweeps whose control is obeyed, first the one that was started. */
  readonly sweeps: readonly string[];
  /** Of the sweep that the runs are of. */
  readonly values: ValueCounts;
  /** Waits before a further try, until the signal ends that. @default by the clock */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Milliseconds that only ever grow, which tell short runs from long ones. */
  readonly clock?: () => number;
}

/** Who is at work in a lane of the queue. */
interface LaneWorker {
  readonly worker: LaunchedWorker;
  readonly device: Device;
}

/** How doing runs ended. */
export interface RunsResult {
  /** Of the runs that were tried; what was stopped before it began is `stopped`. */
  readonly outcomes: OutcomeBook;
  /** Whether a user asked the whole sweep to stop, so that runs may be left. */
  readonly isStopped: boolean;
  /** Why the sweep gave up, so that runs are left; null when it did not. */
  readonly gaveUp: string | null;
}

/**
 * Does runs side by side, and obeys meanwhile what is asked of them: a pause, another number of jobs, an end, another
 * try of a run that failed. A run that failed of what can pass is tried again by itself; when runs fail alike, the rest is
 * left.
 *
 * @param todo is asked for more when few are left
 * @throws an error of the scheduler itself, or of `todo`, when the runs that go on have ended; a failing run throws
 *   nothing
 */
export async function doRuns(
  todo: Iterable<RunTodo> | AsyncIterable<RunTodo>,
  order: RunsOrder,
): Promise<RunsResult> {
  const { paths, plan, signals, sweeps, observer, wait = waitByClock } = order;
  const outcomes = new OutcomeBook();
  const working = new Set<string>();
  /** What a user may still want to be tried again. */
  const unfinished = new Map<string, RunTodo>();
  const intake = new Intake(order.recorder);
  const attemptOrder: AttemptOrder = { ...order, intake };
  const pool = new DevicePool(order.devices);
  const retries = new RetryBook(order.policy.retries);
  const noMoreTries = new AbortController();
  const { values } = order;
  let asked = 0;
  let isAskedAll = false;
  const tally = new FailureTally({
    todo: () => (isAskedAll ? asked : undefined),
    values,
    stopAfter: order.policy.stopAfter,
  });
  let isStopped = false;
  let gaveUp: string | null = null;

  /** The latest worker of each lane of the queue. */
  const workers = new WeakMap<object, LaneWorker>();
  const attempt = (observed: ObservedRun, one: RunTodo, turn: Turn) => {
    const before = workers.get(turn.lane);
    if (turn.isAhead && before === undefined) return Promise.resolve(null);
    return pool.use(
      (device) =>
        attemptRun(
          observed,
          one.isContinued,
          {
            device,
            ahead:
              turn.isAhead && before !== undefined
                ? { behind: before.worker, back: turn.back }
                : null,
            onBegin: (worker) => {
              working.add(one.id);
              if (one.isContinued) clearNextTry(paths.run(one.id));
              if (worker !== null) {
                workers.set(turn.lane, { worker, device });
                turn.begins();
              }
              if (gaveUp !== null) requestRunStop(paths, one.id, 'epoch');
            },
          },
          attemptOrder,
        ),
      turn.isAhead ? before?.device : undefined,
    );
  };
  const work = async (one: RunTodo, turn: Turn): Promise<void> => {
    if (signals.stop.aborted || isStopped || gaveUp !== null) return;
    unfinished.delete(one.id);
    try {
      const observed = observe(one, paths);
      const ended = await attempt(observed, one, turn);
      if (ended === null) {
        turn.goesBack();
        return;
      }
      outcomes.add(one.id, ended.outcome);
      const retry = retryOf(one.id, ended);
      if (retry === null) {
        if (isFinal(ended.outcome)) retries.forget(one.id);
        else unfinished.set(one.id, { ...one, isContinued: true });
        // What came when its worker had already ended asks for nothing that is not so.
        clearStopRequest(paths.run(one.id));
        observer.onRunEnd(observed, ended.outcome);
        const reason = tally.add(one.id, one.changes, ended.outcome, ended.failure);
        if (reason !== null) giveUp(reason);
      } else {
        observer.onRetry(observed, retry);
        const place = { run: paths.run(one.id), coordinator: order.held.number };
        const waited = waitForTry(place, retry, wait, noMoreTries.signal, (message) => {
          observer.onNotice(message);
        });
        queue.addAfter(waited, { ...one, isContinued: true });
      }
    } finally {
      working.delete(one.id);
      // Before the next one begins; where very short ones follow each other, after some of them.
      if (performance.now() - controlledMs > CONTROL_MS) control.look();
    }
  };
  const queue = new RunQueue<RunTodo>(plan.jobs, work, {
    handsAhead: order.launcher.queue !== undefined,
    ...(order.clock === undefined ? {} : { clock: order.clock }),
  });

  const counted = async function* (): AsyncGenerator<RunTodo> {
    for await (const one of todo) {
      asked += 1;
      yield one;
    }
    isAskedAll = true;
  };
  const giveUp = (reason: string): void => {
    gaveUp ??= reason;
    queue.clear();
    noMoreTries.abort();
    // The others lose nothing: they end where they can go on from.
    for (const id of working) requestRunStop(paths, id, 'epoch');
  };
  const retryOf = (id: string, { failure, hasProgressed }: AttemptResult): Retry | null =>
    failure === null || noMoreTries.signal.aborted
      ? null
      : retries.afterFailure(id, failure, hasProgressed);

  const told = new Map<string, SweepControl['stop']>();
  let lookedMs = 0;
  let controlledMs = 0;
  const obey = ({ paused, jobs, stop }: SweepControl): void => {
    controlledMs = performance.now();
    // Where very many have failed, a look at each after every run would take longer than the runs.
    const looks = unfinished.size < MANY_UNFINISHED || performance.now() - lookedMs > MANY_LOOK_MS;
    if (looks) lookedMs = performance.now();
    for (const one of looks ? [...unfinished.values()] : []) {
      if (!takeRetryRequest(paths, one.id)) continue;
      unfinished.delete(one.id);
      retries.forget(one.id);
      queue.add(one);
    }
    if (stop === null) told.clear();
    else {
      isStopped = true;
      for (const id of working) {
        // Once each: a worker that has obeyed takes the request away a little before it has ended.
        if (told.get(id) === stop) continue;
        told.set(id, stop);
        if (needsRequest(stopAskedOfCoordinator(paths.run(id), order.held.number), stop))
          requestRunStop(paths, id, stop);
      }
      queue.clear();
      noMoreTries.abort();
    }
    // A stop ends a pause: nothing is left to hold back.
    queue.change(jobs ?? plan.jobs, paused && stop === null);
  };
  const onAbort = (): void => {
    queue.clear();
    noMoreTries.abort();
  };
  signals.stop.addEventListener('abort', onAbort, { once: true });
  const control = watchControl(paths, sweeps, {
    onLook: obey,
    onProblem: (message) => {
      observer.onNotice(message);
    },
  });
  try {
    control.look();
    queue.feed(counted());
    await queue.finished().finally(() => {
      intake.finish();
    });
  } finally {
    control.dispose();
    signals.stop.removeEventListener('abort', onAbort);
  }
  return { outcomes, isStopped, gaveUp };
}

/** Whether a request says more than the one that is there: `now` is sooner than `epoch`. */
function needsRequest(present: SweepControl['stop'], wanted: SweepControl['stop']): boolean {
  return present === null || (present === 'epoch' && wanted === 'now');
}

function observe({ sweep, name, id, file }: RunTodo, paths: ResultsPaths): ObservedRun {
  const run = paths.run(id);
  return {
    name,
    sweep,
    run: file ?? readRunFile(run.runFile),
    log: () => run.attempt(Math.max(1, lastAttempt(run))).log,
  };
}

/** Ends early, and without an error, when the signal says so. */
async function waitByClock(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined);
}

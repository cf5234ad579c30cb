import { availableParallelism } from 'node:os';
import { type Device, deviceName } from '../../core/engine/devices.js';
import { openRunLog } from '../../core/run-folder/commit.js';
import { readEvents } from '../../core/run-folder/event-log.js';
import type { ResultsPaths, RunPaths } from '../../core/run-folder/paths.js';
import { readRunFile } from '../../core/run-folder/run-file.js';
import type { RunOutcome } from '../../core/run-folder/run-state.js';
import { clearStopRequest, readStopRequest } from '../../core/run-folder/stop-request.js';
import type { Recorder } from '../../core/store/recorder.js';
import { requestRunStop, takeRetryRequest } from '../control/run-requests.js';
import type { SweepControl } from '../control/sweep-control.js';
import type { Launcher } from '../launchers/launcher.js';
import type { JobPlan } from './choose-jobs.js';
import { DevicePool } from './device-pool.js';
import { executeRun, type StopSignals } from './execute-run.js';
import { ingestUnlessBusy } from './ingest-unless-busy.js';
import type { ObservedRun, SweepObserver } from './observer.js';
import { RunQueue } from './run-queue.js';
import { watchControl } from './watch-control.js';

/** A run to do, with the sweep that asks for it. */
export interface RunTodo {
  readonly sweep: string;
  /** Name of the run in that sweep. */
  readonly name: string;
  readonly id: string;
  /** Whether it was begun before. */
  readonly isContinued: boolean;
}

/** What runs are done with. */
export interface RunsOrder {
  readonly paths: ResultsPaths;
  readonly recorder: Recorder;
  readonly launcher: Launcher;
  readonly plan: JobPlan;
  /** Where runs are done, at least one: several GPUs share them. */
  readonly devices: readonly Device[];
  /** For the workers' record. */
  readonly environment: Readonly<Record<string, string>>;
  readonly signals: StopSignals;
  readonly observer: SweepObserver;
  /** The sweeps whose control is obeyed, first the one that was started. */
  readonly sweeps: readonly string[];
}

/** How doing runs ended. */
export interface RunsResult {
  /** Of the runs that were tried; what was stopped before it began is `stopped`. */
  readonly outcomes: ReadonlyMap<string, RunOutcome>;
  /** Whether a user asked the whole sweep to stop, so that runs may be left. */
  readonly isStopped: boolean;
}

/**
 * Does runs side by side, and obeys meanwhile what is asked of them: a pause, another number of jobs, an end, another
 * try of a run that failed.
 *
 * @throws an error of the scheduler itself, when the runs that go on have ended; a failing run throws nothing
 */
export async function doRuns(todo: readonly RunTodo[], order: RunsOrder): Promise<RunsResult> {
  const { paths, plan, signals, sweeps, observer } = order;
  const outcomes = new Map<string, RunOutcome>();
  const working = new Set<string>();
  const ended = new Map<string, RunTodo>();
  const pool = new DevicePool(order.devices);
  let isStopped = false;

  const queue = new RunQueue<RunTodo>(plan.jobs, async (one) => {
    if (signals.stop.aborted || isStopped) return;
    ended.delete(one.id);
    working.add(one.id);
    try {
      outcomes.set(one.id, await pool.use((device) => doRun(one, device, order)));
      ended.set(one.id, { ...one, isContinued: true });
    } finally {
      working.delete(one.id);
      control.look(); // before the next one begins
    }
  });

  const obey = ({ paused, jobs, stop }: SweepControl): void => {
    for (const one of [...ended.values()]) {
      const canBeRetried = ['failed', 'stopped'].includes(outcomes.get(one.id) ?? '');
      if (!canBeRetried || !takeRetryRequest(paths, one.id)) continue;
      ended.delete(one.id);
      queue.add(one);
    }
    if (stop !== null) {
      isStopped = true;
      for (const id of working)
        if (needsRequest(readStopRequest(paths.run(id)), stop)) requestRunStop(paths, id, stop);
      queue.clear();
    }
    // A stop ends a pause: nothing is left to hold back.
    queue.change(jobs ?? plan.jobs, paused && stop === null);
  };
  const onAbort = (): void => {
    queue.clear();
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
    for (const one of todo) queue.add(one);
    await queue.finished();
  } finally {
    control.dispose();
    signals.stop.removeEventListener('abort', onAbort);
  }
  return { outcomes, isStopped };
}

/** Whether a request says more than the one that is there: `now` is sooner than `epoch`. */
function needsRequest(present: SweepControl['stop'], wanted: SweepControl['stop']): boolean {
  return present === null || (present === 'epoch' && wanted === 'now');
}

async function doRun(
  { sweep, name, id, isContinued }: RunTodo,
  device: Device,
  { paths, plan, recorder, launcher, environment, signals, observer }: RunsOrder,
): Promise<RunOutcome> {
  const runPaths = paths.run(id);
  const run = readRunFile(runPaths.runFile);
  const observed: ObservedRun = { name, sweep, run, log: runPaths.log };
  takeRetryRequest(paths, id); // what was wished for happens now
  const listener = {
    onEvents: (events: Parameters<SweepObserver['onEvents']>[1]): void => {
      ingestUnlessBusy(recorder, run.id);
      observer.onEvents(observed, events);
    },
  };
  if (readStopRequest(runPaths) !== null) {
    const log = openRunLog(runPaths);
    const stopped = log.append({ type: 'stopped', reason: 'asked to stop before it began' });
    log.close();
    clearStopRequest(runPaths);
    listener.onEvents([stopped]);
    observer.onRunEnd(observed, 'stopped');
    return 'stopped';
  }
  observer.onRunStart(observed, isContinued);
  const threads = threadsBefore(runPaths) ?? plan.threads;
  const workOrder = { paths: runPaths, threads, device: deviceName(device), environment };
  const outcome = await executeRun(launcher, workOrder, listener, signals);
  recorder.ingest(id); // what could not be taken in when it happened
  observer.onRunEnd(observed, outcome);
  return outcome;
}

/**
 * The threads with which a run began: another number could change the last bits of its result. Null where it never
 * began, or on a machine with fewer cores.
 */
function threadsBefore({ events }: RunPaths): number | null {
  const starts = readEvents(events).events.filter((event) => event.type === 'started');
  const threads = starts.at(-1)?.actual.threads ?? null;
  return threads !== null && threads <= availableParallelism() ? threads : null;
}

import { existsSync } from 'node:fs';
import type { RunEvent } from '../../core/run-folder/event.js';
import { readEvents } from '../../core/run-folder/event-log.js';
import type { RunPaths } from '../../core/run-folder/paths.js';
import { storageProblem } from '../../core/run-folder/storage-problem.js';
import type { LogPart } from '../../core/store/recorder.js';
import type { LaunchedWorker, Launcher, LaunchOrder } from '../launchers/launcher.js';
import { type AttemptResult, closeAttempt } from './close-attempt.js';
import {
  followWorker,
  type RunLimits,
  type StopSignals,
  type WorkerEnding,
} from './follow-worker.js';
import { waitForLease } from './wait-for-lease.js';

/** What it takes to do one run. */
export interface RunOrder {
  readonly paths: RunPaths;
  readonly threads: number;
  readonly device: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly limits: RunLimits;
}

/** What the scheduler wants to hear while a run is worked on. */
export interface RunListener {
  /** The log has gained something. */
  readonly onEvents: (part: LogPart) => void;
  /** A worker was launched for it. */
  readonly onLaunch?: (worker: LaunchedWorker) => void;
}

/**
 * Starts a worker for a run whose `run.json` is written, and follows its log until it has ended.
 *
 * Every attempt ends with a closing event: if the worker died without one, it is written here, so that no run fails
 * without a reason on record.
 */
export async function executeRun(
  launcher: Launcher,
  order: RunOrder,
  listener: RunListener,
  signals: StopSignals,
): Promise<AttemptResult> {
  const { paths } = order;
  await waitForLease(paths.lease, signals.stop);
  if (signals.stop.aborted) return { outcome: 'stopped', failure: null, hasProgressed: false };
  const { nextByte: fromByte } = readEvents(paths.events);
  const worker = launcher.launch(launchOrder(order));
  listener.onLaunch?.(worker);
  return follow(worker, fromByte, { order, listener, signals });
}

/** Where a run waits before it begins. */
export interface Place {
  /** The worker that is to do it after others. */
  readonly behind: LaunchedWorker;
  /** Asks for it back. */
  readonly back: AbortSignal;
  /** Called when it begins. */
  readonly onBegin: (worker: LaunchedWorker) => void;
}

/** {@link executeRun} in a worker that is at another run. Null where it did not begin there. */
export async function executeRunBehind(
  { behind, back, onBegin }: Place,
  launcher: Launcher,
  order: RunOrder,
  listener: RunListener,
  signals: StopSignals,
): Promise<AttemptResult | null> {
  const { paths } = order;
  if (back.aborted || existsSync(paths.lease)) return null; // whoever holds it is waited for by the one way above
  const { nextByte: fromByte } = readEvents(paths.events);
  const queued = launcher.queue?.(launchOrder(order), behind) ?? null;
  if (queued === null) return null;
  back.addEventListener('abort', () => {
    queued.takeBack();
  });
  const worker = await queued.begun;
  if (worker === null) return null;
  onBegin(worker);
  return follow(worker, fromByte, { order, listener, signals });
}

function launchOrder({ paths, threads, device, environment }: RunOrder): LaunchOrder {
  return { threads, device, environment, runFolder: paths.folder, logFile: paths.log };
}

/** What a worker is followed with. */
interface Following {
  readonly order: RunOrder;
  readonly listener: RunListener;
  readonly signals: StopSignals;
}

/** @param begin where the attempt begins in the log */
async function follow(
  worker: LaunchedWorker,
  begin: number,
  { order: { paths, limits }, listener, signals }: Following,
): Promise<AttemptResult> {
  let cursor = begin;
  let hasProgressed = false;
  let last: RunEvent | undefined;
  const onLook = (): void => {
    const part = readEvents(paths.events, cursor);
    if (part.events.length === 0) return;
    hasProgressed ||= part.events.some(({ type }) => type === 'epoch');
    last = part.events.at(-1);
    listener.onEvents({ fromByte: cursor, ...part });
    cursor = part.nextByte;
  };
  const ending = await followWorker(worker, { paths, limits, signals, onLook });
  try {
    if (endedWell(ending)) onLook();
    // A worker that ended well with a result has put all of it on record and left nothing to mend.
    if (endedWell(ending) && (last?.type === 'completed' || last?.type === 'diverged'))
      return { outcome: last.type, failure: null, hasProgressed };
    const result = closeAttempt(paths, begin, ending);
    onLook();
    return result;
  } catch (error) {
    // Where nothing can be written any more, not even why, the others must still be able to end.
    throw storageProblem(error) ?? error;
  }
}

function endedWell({ exit, verdict }: WorkerEnding): boolean {
  return verdict === null && !('error' in exit) && exit.exitCode === 0;
}

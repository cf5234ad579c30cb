import { createAttempt, lastAttempt } from '../../core/run-folder/attempts.js';
import { beginAttempt } from '../../core/run-folder/begin-attempt.js';
import type { RunEvent } from '../../core/run-folder/event.js';
import { EventLog, readEvents } from '../../core/run-folder/event-log.js';
import type { AttemptPaths, RunPaths } from '../../core/run-folder/paths.js';
import { findHolder } from '../../core/run-folder/run-state.js';
import { clearStopRequest } from '../../core/run-folder/stop-request.js';
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
import type { HeldResults } from './hold-results.js';
import { waitForHolder } from './wait-for-holder.js';

/** What it takes to do one run. */
export interface RunOrder {
  readonly paths: RunPaths;
  /** This process as a coordinator. */
  readonly held: Pick<HeldResults, 'number' | 'owner' | 'check'>;
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
  await waitForHolder(order.paths, signals.stop);
  if (signals.stop.aborted) return { outcome: 'stopped', failure: null, hasProgressed: false };
  const attempt = nextAttempt(order);
  const worker = launcher.launch(launchOrder(order, attempt));
  listener.onLaunch?.(worker);
  return follow(worker, attempt, { order, listener, signals });
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
  // Whoever holds it is waited for by the one way above.
  if (back.aborted || findHolder(paths, lastAttempt(paths)) !== null) return null;
  const attempt = nextAttempt(order);
  const queued = launcher.queue?.(launchOrder(order, attempt), behind) ?? null;
  if (queued === null) return null;
  back.addEventListener('abort', () => {
    queued.takeBack();
  });
  const worker = await queued.begun;
  if (worker === null) return null;
  onBegin(worker);
  return follow(worker, attempt, { order, listener, signals });
}

/** An attempt at a run that was asked to stop before its turn came. */
export function leaveOut(
  order: RunOrder,
  isContinued: boolean,
  listener: RunListener,
): AttemptResult {
  const attempt = nextAttempt(order);
  const log = EventLog.claim(attempt.events);
  if (log === null) throw new Error('an attempt of this process that no worker was told of');
  beginAttempt(log, attempt);
  log.append({
    type: 'stopped',
    reason: `asked to stop before it ${isContinued ? 'went on' : 'began'}`,
  });
  log.close();
  clearStopRequest(order.paths);
  const part = readEvents(attempt.events);
  listener.onEvents({ attempt: attempt.number, fromByte: 0, ...part });
  return { outcome: 'stopped', failure: null, hasProgressed: false };
}

/** Makes the attempt that a worker is to claim: from here on, whoever worked on the run before is cut off. */
function nextAttempt({ paths, held }: RunOrder): AttemptPaths {
  held.check();
  return createAttempt(paths, { owner: held.owner, coordinator: held.number });
}

function launchOrder(
  { paths, threads, device, environment }: RunOrder,
  { number, log }: AttemptPaths,
): LaunchOrder {
  const place = { runFolder: paths.folder, attempt: number, logFile: log };
  return { threads, device, environment, ...place };
}

/** What a worker is followed with. */
interface Following {
  readonly order: RunOrder;
  readonly listener: RunListener;
  readonly signals: StopSignals;
}

async function follow(
  worker: LaunchedWorker,
  attempt: AttemptPaths,
  { order: { limits }, listener, signals }: Following,
): Promise<AttemptResult> {
  let cursor = 0;
  let hasProgressed = false;
  let last: RunEvent | undefined;
  const onLook = (): void => {
    const { events, nextByte } = readEvents(attempt.events, { fromByte: cursor });
    if (nextByte === cursor) return;
    hasProgressed ||= events.some(({ type }) => type === 'epoch');
    last = events.at(-1) ?? last;
    listener.onEvents({ attempt: attempt.number, fromByte: cursor, events, nextByte });
    cursor = nextByte;
  };
  const ending = await followWorker(worker, { attempt, limits, signals, onLook });
  try {
    if (endedWell(ending)) onLook();
    // A worker that ended well with a result has put all of it on record and left nothing to mend.
    if (endedWell(ending) && (last?.type === 'completed' || last?.type === 'diverged'))
      return { outcome: last.type, failure: null, hasProgressed };
    const result = closeAttempt(attempt, ending);
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

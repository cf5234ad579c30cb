import { messageOf } from '../../core/errors.js';
import type { RunEvent } from '../../core/run-folder/event.js';
import { openRunLog, tidyFinishedRun } from '../../core/run-folder/commit.js';
import { readEvents } from '../../core/run-folder/event-log.js';
import { releaseLease } from '../../core/run-folder/hold-lease.js';
import { isLeaseAlive, readLease } from '../../core/run-folder/lease.js';
import type { RunPaths } from '../../core/run-folder/paths.js';
import { isFinal, type RunOutcome, summariseLog } from '../../core/run-folder/run-state.js';
import { storageProblem } from '../../core/run-folder/storage-problem.js';
import type { Launcher, LaunchedWorker, WorkerExit } from '../launchers/launcher.js';
import { waitForLease } from './wait-for-lease.js';

/** How often the log of a running worker is looked at. */
const POLL_MS = 250;

/** What it takes to do one run. */
export interface RunOrder {
  readonly paths: RunPaths;
  readonly threads: number;
  readonly device: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** What the scheduler wants to hear while a run is worked on. */
export interface RunListener {
  /** New events are on disk and, if there is a recorder, in the database. */
  readonly onEvents: (events: readonly RunEvent[]) => void;
}

/** Aborts: the first asks the worker to stop, the second ends it at once. */
export interface StopSignals {
  readonly stop: AbortSignal;
  readonly kill: AbortSignal;
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
): Promise<RunOutcome> {
  const { paths } = order;
  await waitForLease(paths.lease, signals.stop);
  if (signals.stop.aborted) return 'stopped';
  let cursor = readEvents(paths.events).nextByte;
  const follow = (): void => {
    const { events, nextByte } = readEvents(paths.events, cursor);
    cursor = nextByte;
    if (events.length > 0) listener.onEvents(events);
  };
  const beforeAttempt = cursor;
  const exit = await followWorker(launchWorker(launcher, order), follow, signals);
  try {
    closeAttempt(paths, beforeAttempt, exit, signals);
    follow();
  } catch (error) {
    // Where nothing can be written any more, not even why, the others must still be able to end.
    throw storageProblem(error) ?? error;
  }
  return summariseLog(readEvents(paths.events).events).outcome ?? 'failed';
}

function launchWorker(launcher: Launcher, order: RunOrder): LaunchedWorker {
  const { paths, threads, device, environment } = order;
  return launcher.launch({
    runFolder: paths.folder,
    logFile: paths.log,
    threads,
    device,
    environment,
  });
}

type Ending = WorkerExit | { readonly error: unknown };

/** Waits for a worker. An error in following it stops it and is thrown when it has ended. */
async function followWorker(
  worker: LaunchedWorker,
  follow: () => void,
  { stop, kill }: StopSignals,
): Promise<Ending> {
  const onStop = (): void => {
    worker.stop();
  };
  const onKill = (): void => {
    worker.kill();
  };
  if (stop.aborted) onStop();
  stop.addEventListener('abort', onStop, { once: true });
  kill.addEventListener('abort', onKill, { once: true });

  const failures: unknown[] = [];
  const timer = setInterval(() => {
    try {
      follow();
    } catch (error) {
      failures.push(error);
      clearInterval(timer);
      worker.stop();
    }
  }, POLL_MS);
  const ending = await worker.ended.catch((error: unknown) => ({ error }));
  clearInterval(timer);
  stop.removeEventListener('abort', onStop);
  kill.removeEventListener('abort', onKill);
  if (failures.length > 0) throw failures[0];
  return ending;
}

/** Finishes what a killed worker had begun to put on record, and closes its attempt if it could not. */
function closeAttempt(
  paths: RunPaths,
  beforeAttempt: number,
  ending: Ending,
  { stop, kill }: StopSignals,
): void {
  const log = openRunLog(paths);
  try {
    const { outcome } = summariseLog(readEvents(paths.events, beforeAttempt).events);
    if (isFinal(outcome)) tidyFinishedRun(paths);
    if (outcome !== null) return;
    if (kill.aborted || stop.aborted) log.append({ type: 'stopped', reason: 'ended at once' });
    else log.append({ type: 'failed', message: describeEnding(ending), stack: null });
  } finally {
    log.close();
    const lease = readLease(paths.lease);
    if (lease !== null && !isLeaseAlive(lease)) releaseLease(paths.lease);
  }
}

function describeEnding(ending: Ending): string {
  if ('error' in ending) return `the worker could not be started: ${messageOf(ending.error)}`;
  if (ending.signal === 'SIGKILL')
    return 'the worker was killed (SIGKILL): most often the system was out of memory; try fewer --jobs';
  if (ending.signal !== null) return `the worker was ended by ${ending.signal}`;
  return `the worker ended with exit code ${ending.exitCode ?? 'unknown'} and left no reason`;
}

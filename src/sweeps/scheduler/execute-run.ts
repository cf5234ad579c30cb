import type { RunEvent } from '../../core/run-folder/event.js';
import { readEvents } from '../../core/run-folder/event-log.js';
import type { RunPaths } from '../../core/run-folder/paths.js';
import { storageProblem } from '../../core/run-folder/storage-problem.js';
import type { Launcher } from '../launchers/launcher.js';
import { type AttemptResult, closeAttempt } from './close-attempt.js';
import { followWorker, type RunLimits, type StopSignals } from './follow-worker.js';
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
  /** New events are on disk and, if there is a recorder, in the database. */
  readonly onEvents: (events: readonly RunEvent[]) => void;
}

/**
 * Starts a worker for a run whose `run.json` is written, and follows its log until it has ended.
 *
 * Every attempt ends with a closing event: if the worker died without one, it is written here, so that no run fails
 * without a reason on record.
 */
export async function executeRun(
  launcher: Launcher,
  { paths, limits, ...order }: RunOrder,
  listener: RunListener,
  signals: StopSignals,
): Promise<AttemptResult> {
  await waitForLease(paths.lease, signals.stop);
  if (signals.stop.aborted) return { outcome: 'stopped', failure: null, hasProgressed: false };
  const begin = readEvents(paths.events).nextByte;
  let cursor = begin;
  const onLook = (): void => {
    const { events, nextByte } = readEvents(paths.events, cursor);
    cursor = nextByte;
    if (events.length > 0) listener.onEvents(events);
  };
  const worker = launcher.launch({ ...order, runFolder: paths.folder, logFile: paths.log });
  const ending = await followWorker(worker, { paths, limits, signals, onLook });
  try {
    const result = closeAttempt(paths, begin, ending);
    onLook();
    return result;
  } catch (error) {
    // Where nothing can be written any more, not even why, the others must still be able to end.
    throw storageProblem(error) ?? error;
  }
}

import { closeSync, openSync } from 'node:fs';
import { type WorkerMessage, type WorkMessage, workMessageSchema } from './worker-messages.js';

/** After a longer run the process is replaced: starting one takes less than a five-hundredth of that. */
const LONGEST_RUN_MS = 600_000;
/** Memory beyond which a process is replaced: what large runs leave behind would add up. */
const MOST_BYTES = 1024 ** 3;
/** How long a worker waits for its next run: what keeps it is memory that somebody else may need. */
const WAIT_MS = 10_000;

/** Whether a process that has done a run is as good as a new one. */
export function canBeReused(runMs: number): boolean {
  return process.connected && runMs < LONGEST_RUN_MS && process.memoryUsage.rss() < MOST_BYTES;
}

/**
 * Tells the launcher that this process is free and waits for the next run.
 *
 * @param signal ends the waiting
 * @returns the run's folder, to which the output now goes; null when there is none to do
 */
export async function takeNextRun(signal: AbortSignal): Promise<string | null> {
  if (signal.aborted) return null;
  const next = receiveWork(signal);
  tell({ type: 'free' });
  const work = await next;
  // Without 'begun' the launcher gives the run to another process.
  if (work === null || !redirectOutput(work.logFile)) return null;
  tell({ type: 'begun' });
  return work.runFolder;
}

function receiveWork(signal: AbortSignal): Promise<WorkMessage | null> {
  return new Promise((resolve) => {
    const finish = (work: WorkMessage | null): void => {
      clearTimeout(timer);
      process.removeListener('message', onMessage);
      signal.removeEventListener('abort', onAbort);
      resolve(work);
    };
    const onMessage = (message: unknown): void => {
      finish(workMessageSchema.parse(message));
    };
    const onAbort = (): void => {
      finish(null);
    };
    const timer = setTimeout(onAbort, WAIT_MS);
    process.on('message', onMessage);
    signal.addEventListener('abort', onAbort);
  });
}

function tell(message: WorkerMessage): void {
  process.send?.(message);
}

/**
 * Puts another file behind the descriptors 1 and 2, so that also what libraries print goes to the log of the run that
 * prints it. A system gives out the lowest free number, which is the one that was just closed; where another thread
 * was quicker, this process is of no use any more.
 */
function redirectOutput(logFile: string): boolean {
  return [1, 2].every((descriptor) => {
    closeSync(descriptor);
    return openSync(logFile, 'a') === descriptor;
  });
}

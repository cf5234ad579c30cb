import { closeSync, openSync } from 'node:fs';
import type { WorkerMessage } from './worker-messages.js';

/** What an order queue speaks through; the process itself, but for tests. */
export interface LauncherChannel {
  readonly onMessage: (listener: (message: unknown) => void) => void;
  readonly tell: (message: WorkerMessage) => void;
  /** Puts another file behind the output. @returns false when this process is of no use any more */
  readonly redirect: (logFile: string) => boolean;
}

/** The channel of this process, and its output. */
export const OWN_CHANNEL: LauncherChannel = {
  onMessage: (listener) => process.on('message', listener),
  tell: (message) => process.send?.(message),
  redirect: redirectOutput,
};

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

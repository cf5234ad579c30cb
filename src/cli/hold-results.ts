import type { ResultsPaths } from '../core/run-folder/paths.js';
import { type HeldResults, holdResults, lostError } from '../sweeps/scheduler/hold-results.js';
import { createStatusLine, note } from './output.js';

/**
 * Does something as the one process that works in a results folder. Should another one take over, because this one was
 * suspended, it is asked to end as by SIGTERM.
 *
 * @throws SweepError `busy` when another process works there, and when another one took over; whatever the work throws
 */
export async function withHeldResults<T>(
  paths: ResultsPaths,
  work: (held: HeldResults) => T | Promise<T>,
): Promise<T> {
  const status = createStatusLine();
  const lost = new AbortController();
  let isTold = process.stderr.isTTY;
  const held = await holdResults(paths, {
    onWait: (message) => {
      status.update(message);
      if (!isTold) note(message); // once, where a line cannot replace itself
      isTold = true;
    },
    onLost: () => {
      lost.abort();
      process.kill(process.pid, 'SIGTERM');
    },
  }).finally(status.clear);
  try {
    const result = await work(held);
    if (lost.signal.aborted) throw lostError(paths);
    return result;
  } finally {
    held.release();
  }
}

import { messageOf } from '../../core/errors.js';
import { announceNextTry, clearNextTry } from '../../core/run-folder/next-try.js';
import type { RunPaths } from '../../core/run-folder/paths.js';
import type { Retry } from './retry-book.js';

/** A run and the number of the coordinator that tries it again. */
export interface TryPlace {
  readonly run: RunPaths;
  readonly coordinator: number;
}

/**
 * Waits before a further try of a run. From here on its folder says when that is due, until it begins: it may have to
 * wait for a place as well.
 *
 * @param noMore ends the waiting: there will be no try
 * @param onProblem is told why the folder does not say it; the try is made all the same
 */
export async function waitForTry(
  { run, coordinator }: TryPlace,
  { number, of, waitMs }: Retry,
  wait: (ms: number, noMore: AbortSignal) => Promise<void>,
  noMore: AbortSignal,
  onProblem: (message: string) => void,
): Promise<void> {
  const tell = (change: () => void): void => {
    try {
      change();
    } catch (error) {
      onProblem(`cannot say when ${run.folder} is tried again: ${messageOf(error)}`);
    }
  };
  tell(() => {
    const at = new Date(Date.now() + waitMs).toISOString();
    announceNextTry(run, { at, number, of, coordinator });
  });
  await wait(waitMs, noMore);
  if (noMore.aborted)
    tell(() => {
      clearNextTry(run);
    });
}

import { setTimeout as delay } from 'node:timers/promises';
import { isLeaseAlive, readLease } from '../../core/run-folder/lease.js';

/** How often the lease is looked at. */
const POLL_MS = 250;

/**
 * Waits until nobody works on a run: a worker whose coordinator was killed needs until the end of its current step to
 * notice, and only then may another worker begin.
 *
 * @param stop ends the waiting early
 */
export async function waitForLease(path: string, stop: AbortSignal): Promise<void> {
  for (;;) {
    const lease = readLease(path);
    if (lease === null || !isLeaseAlive(lease) || stop.aborted) return;
    await delay(POLL_MS);
  }
}

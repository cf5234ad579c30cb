import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { releaseLease } from '../../core/run-folder/hold-lease.js';
import { isLeaseAlive, readLease, REMOTE_LEASE_MS } from '../../core/run-folder/lease.js';
import { steadyMs } from '../../core/run-folder/steady-clock.js';

/** How often the lease is looked at. */
const POLL_MS = 250;

/** What time is told by. */
export interface WaitingClock {
  /** Milliseconds that only ever grow. */
  readonly nowMs: () => number;
  readonly wait: (ms: number) => Promise<unknown>;
}

const CLOCK: WaitingClock = { nowMs: steadyMs, wait: delay };

/**
 * Waits until nobody works on a run: a worker whose coordinator was killed needs until the end of its current step to
 * notice, and only then may another worker begin.
 *
 * A lease of another host says by that host's clock when it was renewed. Where that lies in the future, because a clock
 * was set back, it would count for as long as that; so it also ends when nobody renews it for its time while this
 * waits, and is removed then, for the next worker would respect it.
 *
 * @param stop ends the waiting early
 */
export async function waitForLease(
  path: string,
  stop: AbortSignal,
  { nowMs, wait }: WaitingClock = CLOCK,
): Promise<void> {
  let seen = '';
  let seenMs = nowMs();
  for (;;) {
    const lease = readLease(path);
    if (lease === null || !isLeaseAlive(lease) || stop.aborted) return;
    const renewal = `${lease.host} ${lease.pid} ${lease.renewedAt}`;
    if (renewal !== seen) {
      seen = renewal;
      seenMs = nowMs();
    } else if (lease.host !== hostname() && nowMs() - seenMs >= REMOTE_LEASE_MS) {
      releaseLease(path);
      return;
    }
    await wait(POLL_MS);
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import { lastAttempt } from '../../core/run-folder/attempts.js';
import { Heartbeats, heartbeats } from '../../core/run-folder/heartbeats.js';
import type { RunPaths } from '../../core/run-folder/paths.js';

/** How often the leases are looked at. */
const POLL_MS = 250;

/** What is waited with. */
export interface WaitingTools {
  readonly heartbeats: Heartbeats;
  readonly wait: (ms: number) => Promise<unknown>;
}

export const BY_THE_CLOCK: WaitingTools = { heartbeats, wait: delay };

/**
 * Waits until nobody works on a run: a worker whose coordinator was killed needs until the end of its current step to
 * notice, and only then should another one begin. One that gives no sign of life is waited for until it counts as gone, see
 * heartbeats.ts; should it wake up, it writes into its own attempt only.
 *
 * @param stop ends the waiting early
 */
export async function waitForHolder(
  run: RunPaths,
  stop: AbortSignal,
  { heartbeats: seen, wait }: WaitingTools = BY_THE_CLOCK,
): Promise<void> {
  const last = lastAttempt(run);
  // The worker of the latest attempt, or of the one before where nobody has begun with that.
  for (const number of [last, last - 1].filter((each) => each > 0)) {
    const { lease } = run.attempt(number);
    while (seen.look(lease).life !== 'gone' && !stop.aborted) await wait(POLL_MS);
  }
}

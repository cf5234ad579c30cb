import { readLease } from '../../core/run-folder/lease.js';
import type { AttemptPaths } from '../../core/run-folder/paths.js';
import { steadyMs } from '../../core/run-folder/steady-clock.js';
import { stopAskedOfAttempt } from '../../core/run-folder/stop-request.js';
import type { LaunchedWorker, WorkerExit } from '../launchers/launcher.js';
import { StallWatch } from './stall-watch.js';

/** How often a worker's log and lease are looked at. */
const POLL_MS = 250;

/** How long a worker may take. */
export interface RunLimits {
  /** Milliseconds for one attempt; null for as long as it takes. */
  readonly timeoutMs: number | null;
  /** Milliseconds between asking a worker to end and ending it. */
  readonly gracePeriodMs: number;
}

/**
 * What clusters give a process by default (Kubernetes, Slurm). A step that takes longer is of an epoch that is lost
 * anyway.
 */
export const DEFAULT_LIMITS: RunLimits = { timeoutMs: null, gracePeriodMs: 30_000 };

/** Aborts: the first asks the worker to stop, the second ends it at once. */
export interface StopSignals {
  readonly stop: AbortSignal;
  readonly kill: AbortSignal;
}

/** Why a worker was ended, unless it ended by itself: the first reason counts. */
export type WorkerVerdict =
  | { readonly kind: 'asked' }
  | { readonly kind: 'timeout'; readonly timeoutMs: number }
  | { readonly kind: 'stalled'; readonly allowanceMs: number };

/** How a worker ended. */
export interface WorkerEnding {
  /** An error where it could not be started. */
  readonly exit: WorkerExit | { readonly error: unknown };
  readonly verdict: WorkerVerdict | null;
}

/** What a worker is followed with. */
export interface FollowOrder {
  readonly attempt: AttemptPaths;
  readonly limits: RunLimits;
  readonly signals: StopSignals;
  /** Called every quarter of a second. What it throws stops the worker, and is thrown when that has ended. */
  readonly onLook: () => void;
}

/**
 * Waits for a worker to end, and sees to it that it does: when it is asked to, when it hangs, or when its time is up. It
 * gets SIGTERM first, and is killed when the grace period is over.
 */
export async function followWorker(
  worker: LaunchedWorker,
  { attempt, limits, signals: { stop, kill }, onLook }: FollowOrder,
): Promise<WorkerEnding> {
  const stalls = new StallWatch();
  const begunMs = steadyMs();
  const failures: unknown[] = [];
  let verdict: WorkerVerdict | null = null;
  let grace: NodeJS.Timeout | undefined;

  const startGrace = (): void => {
    grace ??= setTimeout(onKill, limits.gracePeriodMs);
  };
  const end = (reason: WorkerVerdict): void => {
    if (verdict !== null) return;
    verdict = reason;
    worker.stop();
    startGrace();
  };
  const onStop = (): void => {
    end({ kind: 'asked' });
  };
  const onKill = (): void => {
    verdict ??= { kind: 'asked' };
    worker.kill();
  };
  const look = (): void => {
    onLook();
    const allowanceMs = stalls.look(readLease(attempt.lease));
    const { timeoutMs } = limits;
    if (allowanceMs !== null) end({ kind: 'stalled', allowanceMs });
    else if (timeoutMs !== null && steadyMs() - begunMs > timeoutMs)
      end({ kind: 'timeout', timeoutMs });
    // The worker sees it by itself, unless it hangs.
    else if (stopAskedOfAttempt(attempt) === 'now') startGrace();
  };

  if (stop.aborted) onStop();
  stop.addEventListener('abort', onStop, { once: true });
  kill.addEventListener('abort', onKill, { once: true });
  const timer = setInterval(() => {
    try {
      look();
    } catch (error) {
      failures.push(error);
      clearInterval(timer);
      onStop();
    }
  }, POLL_MS);
  const exit = await worker.ended.catch((error: unknown) => ({ error }));
  clearInterval(timer);
  clearTimeout(grace);
  stop.removeEventListener('abort', onStop);
  kill.removeEventListener('abort', onKill);
  if (failures.length > 0) throw failures[0];
  return { exit, verdict };
}

import { existsSync, rmSync } from 'node:fs';
import { writeJson } from '../../core/run-folder/atomic-write.js';
import { lastAttempt } from '../../core/run-folder/attempts.js';
import { workingCoordinator } from '../../core/run-folder/coordinators.js';
import type { ResultsPaths, RunPaths } from '../../core/run-folder/paths.js';
import { readRunLog } from '../../core/run-folder/run-log.js';
import { findHolder, outcomeOf } from '../../core/run-folder/run-state.js';
import {
  clearStopRequest,
  type StopTime,
  writeStopRequest,
} from '../../core/run-folder/stop-request.js';

/**
 * Asks one run to end, after its current step or at the end of its epoch. Its worker obeys, or the coordinator if the
 * run has not begun; either way it is `stopped` then, and goes on when it is started again.
 */
export function requestRunStop(paths: ResultsPaths, runId: string, when: StopTime): void {
  const run = paths.run(runId);
  const last = lastAttempt(run);
  const isAtWork = findHolder(run, last) !== null;
  writeStopRequest(run, when, {
    coordinator: workingCoordinator(paths)?.number ?? null,
    attempt: isAtWork ? Math.max(1, last) : last + 1,
  });
}

/**
 * {@link requestRunStop} for a run that was seen at work. One that has ended since is not asked: the request would lie
 * there for nobody.
 */
export function requestWorkingRunStop(paths: ResultsPaths, runId: string, when: StopTime): void {
  requestRunStop(paths, runId, when);
  // Asked first and looked at then: a coordinator clears what it finds when a worker has ended.
  if (hasEnded(paths.run(runId))) clearStopRequest(paths.run(runId));
}

/** Whether nobody works on a run, and nobody will by itself: one that failed may be tried again. */
function hasEnded(run: RunPaths): boolean {
  if (findHolder(run, lastAttempt(run)) !== null) return false;
  const outcome = outcomeOf(readRunLog(run).events);
  return outcome !== null && outcome !== 'failed';
}

/**
 * Asks that failed or stopped runs are tried again: by the coordinator that has them in its sweep, else by the next
 * `sweep run`. A wish to stop them is taken back.
 */
export function requestRetry(paths: ResultsPaths, runIds: readonly string[]): void {
  for (const id of runIds) {
    const run = paths.run(id);
    clearStopRequest(run);
    writeJson(run.retryRequest, { requestedAt: new Date().toISOString() });
  }
}

/** Whether a run is to be tried again; asking takes the wish back. */
export function takeRetryRequest(paths: ResultsPaths, runId: string): boolean {
  const { retryRequest } = paths.run(runId);
  const isAsked = existsSync(retryRequest);
  if (isAsked) rmSync(retryRequest, { force: true });
  return isAsked;
}

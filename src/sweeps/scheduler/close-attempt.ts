import { rmSync } from 'node:fs';
import prettyMs from 'pretty-ms';
import { messageOf } from '../../core/errors.js';
import { syncFile, syncFolder } from '../../core/run-folder/atomic-write.js';
import { isFollowed } from '../../core/run-folder/attempts.js';
import { beginAttempt, removeLeftovers } from '../../core/run-folder/begin-attempt.js';
import { finishCommit, tidyFinishedAttempt } from '../../core/run-folder/commit.js';
import type { RunEvent } from '../../core/run-folder/event.js';
import { EventLog, readEvents, readHeader } from '../../core/run-folder/event-log.js';
import type { Failure } from '../../core/run-folder/failure.js';
import { removeLease } from '../../core/run-folder/hold-lease.js';
import type { AttemptPaths } from '../../core/run-folder/paths.js';
import { readRunLog } from '../../core/run-folder/run-log.js';
import { isFinal, outcomeOf, type RunOutcome } from '../../core/run-folder/run-state.js';
import { SIGTERM_REASON } from '../../core/run-folder/stop-request.js';
import type { WorkerEnding } from './follow-worker.js';

/** How an attempt ended. */
export interface AttemptResult {
  readonly outcome: RunOutcome;
  /** Why it has no result, where that was nobody's wish. */
  readonly failure: Failure | null;
  /** Whether it finished an epoch. */
  readonly hasProgressed: boolean;
}

/**
 * Finishes what a killed worker had begun to put on record, and closes its attempt if it could not. Its process has ended, as
 * its launcher saw.
 */
export function closeAttempt(attempt: AttemptPaths, ending: WorkerEnding): AttemptResult {
  // Somebody else has taken the run over, and goes on from what counts of it.
  if (isFollowed(attempt.run, attempt)) {
    const outcome = outcomeOf(readRunLog(attempt.run).events);
    return { outcome: isFinal(outcome) ? outcome : 'stopped', failure: null, hasProgressed: false };
  }
  const log = openLog(attempt);
  try {
    const { events } = readEvents(attempt.events);
    const hasProgressed = events.some(({ type }) => type === 'epoch');
    return { ...conclude(log, attempt, events, ending), hasProgressed };
  } finally {
    log.close();
    removeLease(attempt.lease);
  }
}

/** The log of a worker that has ended; of one that never claimed its attempt, or died before it wrote its first line, anew. */
function openLog(attempt: AttemptPaths): EventLog {
  if (readHeader(attempt) === null) {
    rmSync(attempt.events, { force: true });
    const log = EventLog.claim(attempt.events);
    if (log === null) throw new Error('nobody else claims an attempt of a worker that has ended');
    beginAttempt(log, attempt);
    return log;
  }
  removeLeftovers(attempt);
  const log = EventLog.open(attempt.events);
  finishCommit(log, attempt);
  return log;
}

/** How the attempt ended, by its own word if it left one; else that goes on record now. */
function conclude(
  log: EventLog,
  attempt: AttemptPaths,
  events: readonly RunEvent[],
  ending: WorkerEnding,
): Omit<AttemptResult, 'hasProgressed'> {
  const outcome = outcomeOf(events);
  if (isFinal(outcome)) {
    // Its worker has written all of it, and may have died before that was on disk.
    for (const file of [attempt.run.runFile, attempt.events]) syncFile(file);
    for (const folder of [attempt.folder, attempt.run.attempts, attempt.run.folder])
      syncFolder(folder);
    tidyFinishedAttempt(attempt);
    return { outcome, failure: null };
  }
  if (outcome === 'failed') return { outcome, failure: lastFailure(events) };
  const isEnded = ending.verdict !== null && ending.verdict.kind !== 'asked';
  // Who hung or was too slow has failed, also where it still obeyed.
  if (outcome === 'stopped' && !isEnded)
    return { outcome, failure: wasPreempted(ending, events) ? PREEMPTED : null };

  const failure = failureOf(ending);
  if (failure === null) log.append({ type: 'stopped', reason: 'ended at once' });
  else log.append({ type: 'failed', ...failure });
  return { outcome: failure === null ? 'stopped' : 'failed', failure };
}

const PREEMPTED: Failure = {
  cause: 'preempted',
  message: 'the worker was asked to end by SIGTERM, and not by this sweep',
  stack: null,
};

function wasPreempted({ verdict }: WorkerEnding, events: readonly RunEvent[]): boolean {
  const stopped = events.findLast((event) => event.type === 'stopped');
  return verdict === null && stopped?.reason === SIGTERM_REASON;
}

function lastFailure(events: readonly RunEvent[]): Failure | null {
  const failed = events.findLast((event) => event.type === 'failed');
  if (failed === undefined) return null;
  const { cause = 'bug', message, stack } = failed;
  return { cause, message, stack };
}

/** What an ending without a word of the worker means; null when it was asked to end. */
function failureOf({ exit, verdict }: WorkerEnding): Failure | null {
  switch (verdict?.kind) {
    case 'asked':
      return null;
    case 'timeout': {
      const message = `it took longer than its timeout of ${prettyMs(verdict.timeoutMs)}; sweep run goes on with it`;
      return { cause: 'timeout', message, stack: null };
    }
    case 'stalled': {
      const allowed = prettyMs(verdict.allowanceMs);
      const message = `the worker hung: one piece of work took over ${allowed}, the most that its own times allow, and it was ended`;
      return { cause: 'stalled', message, stack: null };
    }
    case undefined:
      return failureOfExit(exit);
  }
}

/** Signals by which a process is ended from outside; any other one comes from what the process did. */
const FROM_OUTSIDE = ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'];

function failureOfExit(exit: WorkerEnding['exit']): Failure | null {
  if ('error' in exit)
    return {
      cause: 'crashed',
      message: `the worker could not be started: ${messageOf(exit.error)}`,
      stack: null,
    };
  const { signal, exitCode, forMemory } = exit;
  if (signal === 'SIGKILL')
    return { cause: 'killed', message: describeKill(forMemory), stack: null };
  if (signal !== null)
    return {
      cause: FROM_OUTSIDE.includes(signal) ? 'killed' : 'crashed',
      message: `the worker was ended by ${signal}`,
      stack: null,
    };
  return {
    cause: 'crashed',
    message: `the worker ended with exit code ${exitCode ?? 'unknown'} and left no reason`,
    stack: null,
  };
}

function describeKill(forMemory: boolean | undefined): string {
  switch (forMemory) {
    case true:
      return 'the kernel killed the worker because memory ran out; try fewer --jobs, or a smaller batch or model';
    case false:
      return 'the worker was killed (SIGKILL) by somebody: the kernel killed no process for memory';
    case undefined:
      return 'the worker was killed (SIGKILL): most often the system was out of memory; try fewer --jobs';
  }
}

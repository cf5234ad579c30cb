import { existsSync } from 'node:fs';
import type { RunEvent } from './event.js';
import { leaseState, readLease } from './lease.js';
import type { RunPaths } from './paths.js';

/** The words for a run's state, as shown to users. */
export const RUN_STATES = [
  'planned',
  'waiting',
  'running',
  'stalled',
  'completed',
  'diverged',
  'failed',
  'stopped',
] as const;
export type RunState = (typeof RUN_STATES)[number];

/** Whether a living worker holds the run, also one that does not get on. */
export function isAtWork(state: RunState): boolean {
  return state === 'running' || state === 'stalled';
}

/** How the latest attempt of a run ended, from its log; null while none has ended. */
export type RunOutcome = 'completed' | 'diverged' | 'failed' | 'stopped';

/** Whether a run has a result and is not tried again; one that diverged has one too. */
export function isFinal(
  outcome: RunOutcome | RunState | null,
): outcome is 'completed' | 'diverged' {
  return outcome === 'completed' || outcome === 'diverged';
}

/** What is known of a run from its log alone. */
export interface LogSummary {
  readonly started: boolean;
  readonly outcome: RunOutcome | null;
}

/** The log's say on a run: a later attempt takes back the outcome of an earlier one. */
export function summariseLog(events: readonly RunEvent[]): LogSummary {
  let summary: LogSummary = { started: false, outcome: null };
  for (const event of events) {
    switch (event.type) {
      case 'started':
        summary = { started: true, outcome: null };
        break;
      case 'completed':
      case 'diverged':
      case 'failed':
      case 'stopped':
        summary = { ...summary, outcome: event.type };
        break;
      case 'progress':
      case 'epoch':
      case 'checkpoint':
      case 'samples':
      case 'evaluated':
      case 'baselines':
        break;
    }
  }
  return summary;
}

/**
 * A run's state, derived each time from its folder, its lease and its process, so that nothing stays "running" for
 * ever because somebody died before changing a word.
 */
export function deriveRunState(paths: RunPaths, log: LogSummary): RunState {
  if (isFinal(log.outcome)) return log.outcome;
  const holder = leaseState(readLease(paths.lease));
  if (holder !== 'free') return holder === 'working' ? 'running' : 'stalled';
  if (log.outcome !== null) return log.outcome;
  // Started, without an end, and nobody works on it: its worker was killed.
  return log.started || existsSync(paths.events) ? 'stopped' : 'planned';
}

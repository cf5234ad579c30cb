import type { RunEvent } from './event.js';
import { heartbeats, type HolderState } from './heartbeats.js';
import { isStalled } from './lease.js';
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

/** How a run's record says that it ended; a later attempt takes back the outcome of an earlier one. */
export function outcomeOf(events: readonly RunEvent[]): RunOutcome | null {
  let outcome: RunOutcome | null = null;
  for (const event of events) {
    if (event.type === 'started') outcome = null;
    else if (isOutcome(event)) outcome = event.type;
  }
  return outcome;
}

/** Whether an event ends an attempt. */
export function isOutcome(event: RunEvent): event is Extract<RunEvent, { type: RunOutcome }> {
  switch (event.type) {
    case 'completed':
    case 'diverged':
    case 'failed':
    case 'stopped':
      return true;
    case 'started':
    case 'progress':
    case 'epoch':
    case 'checkpoint':
    case 'samples':
    case 'evaluated':
    case 'baselines':
      return false;
  }
}

/** What is known of a run from its record alone. */
export interface RecordSummary {
  /** The latest attempt that counts; 0 when none does. */
  readonly attempt: number;
  readonly outcome: RunOutcome | null;
}

/**
 * A run's state, derived each time from its record, its lease and its process, so that nothing stays "running" for
 * ever because somebody died before changing a word.
 */
export function deriveRunState(run: RunPaths, { attempt, outcome }: RecordSummary): RunState {
  if (isFinal(outcome)) return outcome;
  const holder = findHolder(run, attempt);
  if (holder !== null) return holder.isStalled ? 'stalled' : 'running';
  if (outcome !== null) return outcome;
  // Begun, without an end, and nobody works on it: its worker was killed.
  return attempt > 0 ? 'stopped' : 'planned';
}

/** A worker that holds a run. */
export interface RunHolder extends HolderState {
  readonly isStalled: boolean;
}

/**
 * Who works on a run; null when nobody does. A worker holds its lease before it says that it has started.
 *
 * @param attempt the latest attempt that counts
 */
export function findHolder(run: RunPaths, attempt: number): RunHolder | null {
  for (const number of [attempt + 1, attempt]) {
    if (number === 0) continue;
    const state = heartbeats.look(run.attempt(number).lease);
    // One that is only suspended is not gone: it is stalled, for as long as nobody takes the run over.
    const isHeld = state.life !== 'gone' || state.sight === 'suspended';
    if (!isHeld) continue;
    return { ...state, isStalled: state.lease !== null && isStalled(state.lease) };
  }
  return null;
}

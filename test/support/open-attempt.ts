import { mkdirSync } from 'node:fs';
import { createAttempt } from '../../src/core/run-folder/attempts.js';
import { beginAttempt } from '../../src/core/run-folder/begin-attempt.js';
import type { NewRunEvent, RunEvent } from '../../src/core/run-folder/event.js';
import { EventLog } from '../../src/core/run-folder/event-log.js';
import { newOwner } from '../../src/core/run-folder/exclusive-folder.js';
import { type AttemptPaths, type RunPaths, runPaths } from '../../src/core/run-folder/paths.js';

/** An attempt that was begun, as a worker begins it. */
export interface OpenAttempt {
  readonly attempt: AttemptPaths;
  readonly log: EventLog;
  /** What counts of the attempts before it, with what it took over. */
  readonly earlier: readonly RunEvent[];
}

/** Makes, claims and begins the next attempt of a run. */
export function openAttempt(run: RunPaths): OpenAttempt {
  mkdirSync(run.attempts, { recursive: true });
  const attempt = createAttempt(run, { owner: newOwner(), coordinator: null });
  const log = EventLog.claim(attempt.events);
  if (log === null) throw new Error('nobody else claims it');
  return { attempt, log, earlier: beginAttempt(log, attempt) };
}

/** An attempt that has these events and has ended. */
export function writeAttemptOf(run: RunPaths, events: readonly NewRunEvent[]): AttemptPaths {
  const { attempt, log } = openAttempt(run);
  for (const event of events) log.append(event);
  log.close();
  return attempt;
}

/** Does what a worker does with an attempt that was made for it: claims and begins it, or goes on with it, and appends. */
export function appendTo(attempt: AttemptPaths, ...events: readonly NewRunEvent[]): void {
  const claimed = EventLog.claim(attempt.events);
  if (claimed !== null) beginAttempt(claimed, attempt);
  const log = claimed ?? EventLog.open(attempt.events);
  for (const event of events) log.append(event);
  log.close();
}

/** The order of a launcher, as far as a worker in a test looks at it. */
interface Order {
  readonly runFolder: string;
  readonly attempt: number;
}

export function attemptOf({ runFolder, attempt }: Order): AttemptPaths {
  return runPaths(runFolder).attempt(attempt);
}

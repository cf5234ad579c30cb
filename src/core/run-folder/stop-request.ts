import { existsSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { writeJson } from './atomic-write.js';
import { readLaunch } from './attempts.js';
import type { AttemptPaths, RunPaths } from './paths.js';
import { readText } from './read-text.js';

/** When a run is to end: after its current step, or when its current epoch is on disk. */
export const STOP_TIMES = ['now', 'epoch'] as const;
export type StopTime = (typeof STOP_TIMES)[number];

/** What a worker says of itself when a signal ended it, from its coordinator or from elsewhere. */
export const SIGTERM_REASON = 'asked to stop by SIGTERM';

/**
 * Whom a request is for: an attempt, and any attempt that a coordinator has launched or will. What is addressed by number
 * needs no clock to be known for an old one, and no worker has to take it away.
 */
const addressSchema = z.strictObject({
  /** Number of the coordinator that works; null when none does. */
  coordinator: z.int().positive().nullable(),
  attempt: z.int().positive(),
});
export type StopAddress = Readonly<z.infer<typeof addressSchema>>;

const stopRequestSchema = z.strictObject({
  when: z.enum(STOP_TIMES),
  to: addressSchema,
  requestedAt: z.iso.datetime(),
});

/**
 * Asks whoever works on a run to end it, wherever that is: a file in the run's folder reaches every worker. The run is
 * then `stopped` and goes on when it is started again.
 */
export function writeStopRequest({ stopRequest }: RunPaths, when: StopTime, to: StopAddress): void {
  writeJson(stopRequest, {
    when,
    to,
    requestedAt: new Date().toISOString(),
  } satisfies z.infer<typeof stopRequestSchema>);
}

/** What was asked of an attempt; null when nothing was, or it was asked of another one. */
export function stopAskedOfAttempt(attempt: AttemptPaths): StopTime | null {
  return readStopRequest(
    attempt.run,
    (to) =>
      to.attempt === attempt.number ||
      (to.coordinator !== null && to.coordinator === readLaunch(attempt)?.coordinator),
  );
}

/** What was asked of a coordinator; null when nothing was, or it was asked of an earlier one. */
export function stopAskedOfCoordinator(run: RunPaths, coordinator: number): StopTime | null {
  return readStopRequest(run, (to) => to.coordinator === coordinator);
}

/** A request that cannot be read asks for the gentler of the two, which loses no work. */
function readStopRequest(
  { stopRequest }: RunPaths,
  isMeant: (to: StopAddress) => boolean,
): StopTime | null {
  let request: z.infer<typeof stopRequestSchema>;
  try {
    const text = readText(stopRequest);
    if (text === null) return null;
    request = stopRequestSchema.parse(JSON.parse(text));
  } catch {
    return 'epoch'; // somebody asked for something
  }
  return isMeant(request.to) ? request.when : null;
}

/** Takes a request back: it was obeyed, or a new start is a newer wish. */
export function clearStopRequest({ stopRequest }: RunPaths): void {
  if (existsSync(stopRequest)) rmSync(stopRequest, { force: true }); // seldom, and cheaper than an error
}

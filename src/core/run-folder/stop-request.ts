import { existsSync, readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { isMissing } from '../errors.js';
import { writeJson } from './atomic-write.js';
import type { RunPaths } from './paths.js';

/** When a run is to end: after its current step, or when its current epoch is on disk. */
export const STOP_TIMES = ['now', 'epoch'] as const;
export type StopTime = (typeof STOP_TIMES)[number];

/** What a worker says of itself when a signal ended it, from its coordinator or from elsewhere. */
export const SIGTERM_REASON = 'asked to stop by SIGTERM';

const stopRequestSchema = z.strictObject({
  when: z.enum(STOP_TIMES),
  requestedAt: z.iso.datetime(),
});
type StopRequest = z.infer<typeof stopRequestSchema>;

/**
 * Asks whoever works on a run to end it, wherever that is: a file in the run's folder reaches every worker. The run is
 * then `stopped` and goes on when it is started again.
 */
export function writeStopRequest({ stopRequest }: RunPaths, when: StopTime): void {
  writeJson(stopRequest, {
    when,
    requestedAt: new Date().toISOString(),
  } satisfies StopRequest);
}

/** What was asked, or null when nothing was. A request that cannot be read asks for the gentler of the two. */
export function readStopRequest(paths: RunPaths): StopTime | null {
  return readRequest(paths)?.when ?? null;
}

function readRequest({ stopRequest }: RunPaths): StopRequest | null {
  if (!existsSync(stopRequest)) return null; // the usual case, and cheaper than an error
  try {
    return stopRequestSchema.parse(JSON.parse(readFileSync(stopRequest, 'utf8')));
  } catch (error) {
    // Somebody asked for something, and `epoch` loses no work.
    return isMissing(error) ? null : { when: 'epoch', requestedAt: new Date().toISOString() };
  }
}

/** Takes a request back: it was obeyed, or a new start is a newer wish. */
export function clearStopRequest({ stopRequest }: RunPaths): void {
  if (existsSync(stopRequest)) rmSync(stopRequest, { force: true });
}

/** {@link clearStopRequest} for a request that was made before a moment: a later one is the newer wish. */
export function clearStopRequestBefore(paths: RunPaths, moment: Date): void {
  const requestedAt = readRequest(paths)?.requestedAt;
  if (requestedAt !== undefined && Date.parse(requestedAt) < moment.getTime())
    clearStopRequest(paths);
}

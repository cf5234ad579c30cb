import { z } from 'zod';
import { messageOf, SweepError } from '../errors.js';
import {
  createNumbered,
  isFollowed as isNumberFollowed,
  lastNumber,
  type NumberedFolders,
} from './exclusive-folder.js';
import type { AttemptPaths, RunPaths } from './paths.js';
import { readText } from './read-text.js';

const launchSchema = z.strictObject({
  /** Of the process that had it launched: no two have the same. */
  owner: z.string(),
  /** Number of the coordinator that had it launched; null for a worker that was started by hand. */
  coordinator: z.int().positive().nullable(),
});

/** Who had an attempt launched. */
export type Launch = Readonly<z.infer<typeof launchSchema>>;

/**
 * Makes the next attempt of a run: with that, whoever worked on an earlier one is cut off. It counts for nothing until a
 * worker has claimed it and written its first line.
 *
 * An attempt that the same process made and nobody claimed is the next one still.
 */
export function createAttempt(run: RunPaths, launch: Launch): AttemptPaths {
  const folders = attemptFolders(run);
  let last = lastAttempt(run);
  if (last > 0 && isUnclaimedBy(launch, run.attempt(last))) return run.attempt(last);
  while (!createNumbered(folders, last + 1, launch)) last = lastNumber(folders, last + 1);
  return run.attempt(last + 1);
}

function isUnclaimedBy({ owner }: Launch, attempt: AttemptPaths): boolean {
  return readLaunch(attempt)?.owner === owner && readText(attempt.events) === null;
}

/** Number of the latest attempt, also of one that counts for nothing yet; 0 when there is none. */
export function lastAttempt(run: RunPaths, atLeast = 0): number {
  return lastNumber(attemptFolders(run), atLeast);
}

/** Whether somebody has made a later attempt, asked of the file system itself: then this one is cut off. */
export function isFollowed(run: RunPaths, { number }: AttemptPaths): boolean {
  return isNumberFollowed(attemptFolders(run), number);
}

/** Null for an attempt without one: it has ended, or there is no such attempt. @throws SweepError `bad-record` */
export function readLaunch({ launch }: AttemptPaths): Launch | null {
  const text = readText(launch);
  if (text === null) return null;
  try {
    return launchSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new SweepError(
      'bad-record',
      { where: launch, message: `the file cannot be read: ${messageOf(error)}`, fix: 'Delete it.' },
      { cause: error },
    );
  }
}

/** The empty one of a run without attempts has none of the files. */
function attemptFolders({ attempts }: RunPaths): NumberedFolders {
  return { parent: attempts, ownerFile: 'launch.json', otherFiles: ['events.jsonl'] };
}

import { existsSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { SweepError } from '../errors.js';
import { findLeftovers } from './atomic-write.js';
import { lastAttempt } from './attempts.js';
import { findCheckpoints } from './begin-attempt.js';
import { isWrittenToAttempt } from './commit.js';
import { freedBytes, isLeftAlone, pathsIn } from './disk-space.js';
import { isStagedNumber } from './exclusive-folder.js';
import { supersededImprovements } from './improvements.js';
import type { AttemptPaths, RunPaths } from './paths.js';
import type { Retention } from './retention.js';
import { readRunLog } from './run-log.js';
import { isFinal, outcomeOf } from './run-state.js';

/** Why a file of a run's folder can go. */
export type UnneededReason =
  /** A model that was the best for a time, and more than is to be kept of these. */
  | 'improvement'
  /** The last checkpoint, or the one before, of a run that will not go on. */
  | 'finished'
  /** What a process that was killed left behind. */
  | 'leftover';

/** A file of a run's folder that nobody needs. */
export interface UnneededFile {
  /** Name in the run's folder. */
  readonly file: string;
  readonly reason: UnneededReason;
  /** What removing it frees. */
  readonly bytes: number;
}

/** What of a run is to stay. */
export interface RetentionRequest {
  readonly keep: Retention;
  /** Size of the best checkpoint as the log names it; null when there is none. */
  readonly bestBytes: number | null;
}

/** Small files are written in an instant; what is this old was left by somebody who was killed. */
export const QUIET_MS = 10 * 60_000;

/**
 * The files that a run's folder can do without. What a run needs to go on is not among them, nor is the best
 * checkpoint ever. That the run has ended is read from its record: a database can be behind or ahead of a folder.
 *
 * **Ownership**: the caller is the coordinator, and no worker holds the run.
 */
export function findUnneededFiles(run: RunPaths, request: RetentionRequest): UnneededFile[] {
  if (!existsSync(run.folder)) return []; // somebody removed it by hand
  const because =
    (reason: UnneededReason) =>
    (path: string): UnneededFile => {
      return { file: relative(run.folder, path), reason, bytes: freedBytes(path) };
    };
  const last = lastAttempt(run);
  const current = findCheckpoints(run, last);
  const { checkpoints, others } = isFinished(run)
    ? leftByFinished(run, current, request)
    : { checkpoints: [], others: [] };
  const improvements =
    current === null
      ? []
      : supersededImprovements(current, request.keep).map(({ file }) =>
          join(current.checkpoints, file),
        );
  return [
    ...improvements.map(because('improvement')),
    ...checkpoints.map(because('finished')),
    ...[...others, ...leftoversIn(run, last)].map(because('leftover')),
  ];
}

/** What is there and only a run that goes on needs. */
function leftByFinished(
  run: RunPaths,
  current: AttemptPaths | null,
  { keep, bestBytes }: RetentionRequest,
): { readonly checkpoints: string[]; readonly others: string[] } {
  const there = (list: readonly string[]): string[] => list.filter((path) => existsSync(path));
  const others = [run.stopRequest, run.retryRequest, run.nextTry];
  if (current === null) return { checkpoints: [], others: there(others) };
  // The only good model of a run whose best one was damaged may be the last.
  const best = statSync(current.checkpointBest, { throwIfNoEntry: false })?.size ?? null;
  const hasBest = best !== null && best === bestBytes;
  return {
    checkpoints: there([
      ...(hasBest && keep === 'best' ? [current.checkpointLast] : []),
      ...(hasBest ? [current.checkpointPrevious] : []),
      // Of attempts that were cut off: what they had was copied.
      ...(hasBest ? earlierCheckpoints(run, current) : []),
    ]),
    others: there([...others, current.commit, current.lease]),
  };
}

function earlierCheckpoints(run: RunPaths, current: AttemptPaths): string[] {
  return Array.from(
    { length: current.number - 1 },
    (_, index) => run.attempt(index + 1).checkpoints,
  );
}

function isFinished(run: RunPaths): boolean {
  try {
    return isFinal(outcomeOf(readRunLog(run).events));
  } catch (error) {
    if (error instanceof SweepError) return false; // a damaged log does not say so
    throw error;
  }
}

/** What killed processes were writing. Others than workers write some files, and may be about to. */
function leftoversIn(run: RunPaths, attempts: number): string[] {
  const { folder } = run;
  const names = Object.values(run)
    .filter((path) => typeof path === 'string')
    .map((path) => basename(path));
  const written = findLeftovers(folder, (name) => names.includes(name));
  const staged = pathsIn(run.attempts).filter((path) => isStagedNumber(basename(path)));
  const ofWorkers = Array.from({ length: attempts }, (_, index) => run.attempt(index + 1)).flatMap(
    (each) =>
      [each.folder, each.checkpoints]
        .filter((path) => existsSync(path))
        .flatMap((path) => findLeftovers(path, isWrittenToAttempt).map((name) => join(path, name))),
  );
  return [
    ...ofWorkers,
    ...[...written.map((name) => join(folder, name)), ...staged].filter((path) =>
      isLeftAlone(path, QUIET_MS),
    ),
  ];
}

import { existsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { SweepError } from '../errors.js';
import { findLeftovers } from './atomic-write.js';
import { isWrittenByWorkers } from './commit.js';
import { freedBytes, isLeftAlone } from './disk-space.js';
import { readEvents } from './event-log.js';
import { supersededImprovements } from './improvements.js';
import type { RunPaths } from './paths.js';
import type { Retention } from './retention.js';
import { isFinal, summariseLog } from './run-state.js';

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
 * checkpoint ever. That the run has ended is read from its log: a database can be behind or ahead of a folder.
 *
 * **Ownership**: the caller holds the lock of the results folder, and no worker holds the run's lease.
 */
export function findUnneededFiles(paths: RunPaths, request: RetentionRequest): UnneededFile[] {
  const { folder } = paths;
  if (!existsSync(folder)) return []; // somebody removed it by hand
  const because =
    (reason: UnneededReason) =>
    (file: string): UnneededFile => ({ file, reason, bytes: freedBytes(join(folder, file)) });
  const { checkpoints, requests } = isFinished(paths)
    ? leftByFinished(paths, request)
    : { checkpoints: [], requests: [] };
  const improvements = supersededImprovements(folder, request.keep).map(({ file }) => file);
  return [
    ...improvements.map(because('improvement')),
    ...checkpoints.map(because('finished')),
    ...[...requests, ...leftoversIn(paths)].map(because('leftover')),
  ];
}

/** What is there and only a run that goes on needs. */
function leftByFinished(
  paths: RunPaths,
  { keep, bestBytes }: RetentionRequest,
): { readonly checkpoints: string[]; readonly requests: string[] } {
  // The only good model of a run whose best one was damaged may be the last.
  const best = statSync(paths.checkpointBest, { throwIfNoEntry: false })?.size ?? null;
  const hasBest = best !== null && best === bestBytes;
  const there = (list: readonly string[]): string[] =>
    list.filter((path) => existsSync(path)).map((path) => basename(path));
  return {
    checkpoints: there([
      ...(hasBest && keep === 'best' ? [paths.checkpointLast] : []),
      ...(hasBest ? [paths.checkpointPrevious] : []),
    ]),
    requests: there([
      paths.commit,
      paths.stopRequest,
      paths.retryRequest,
      paths.nextTry,
      paths.lease,
    ]),
  };
}

function isFinished({ events }: RunPaths): boolean {
  try {
    return isFinal(summariseLog(readEvents(events).events).outcome);
  } catch (error) {
    if (error instanceof SweepError) return false; // a damaged log does not say so
    throw error;
  }
}

/** What killed processes were writing. Others than workers write some files, and may be about to. */
function leftoversIn({ folder, ...files }: RunPaths): string[] {
  const names = Object.values(files).map((path) => basename(path));
  const ofOthers = findLeftovers(
    folder,
    (name) => names.includes(name) && !isWrittenByWorkers(name),
  );
  return [
    ...findLeftovers(folder, isWrittenByWorkers),
    ...ofOthers.filter((name) => isLeftAlone(join(folder, name), QUIET_MS)),
  ];
}

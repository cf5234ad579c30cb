import { join, sep } from 'node:path';
import { lastAttempt } from '../../core/run-folder/attempts.js';
import { freedBytes, pathsIn } from '../../core/run-folder/disk-space.js';
import type { ResultsPaths } from '../../core/run-folder/paths.js';
import { mostGenerous, readRetention, type Retention } from '../../core/run-folder/retention.js';
import { findHolder, type RunState } from '../../core/run-folder/run-state.js';
import { findUnneededFiles, type UnneededFile } from '../../core/run-folder/unneeded-files.js';
import type { SweepDatabase } from '../../core/store/database.js';
import {
  listOrphanRuns,
  listRetainedRuns,
  type RetainedRun,
} from '../../core/store/retention-queries.js';
import { runState } from '../../core/store/run-state.js';
import { readListedRuns } from '../../core/store/sweep-record.js';
import { createRetentionReader } from '../control/wanted-retention.js';
import { findLeftoversOutsideRuns, type PathGarbage } from './leftovers.js';

/** What is looked for. */
export interface GarbageRequest {
  /** Only the runs of this sweep; null for everything. */
  readonly sweep: string | null;
  /** Instead of what the definition of that sweep, or all of them, say; null for what they say. */
  readonly keep: Retention | null;
  /** Downloads and what was made of them. */
  readonly caches: boolean;
  /** Runs that no sweep lists. */
  readonly orphans: boolean;
}

/** What of a run is not needed. */
export interface RunGarbage {
  readonly id: string;
  readonly name: string;
  readonly state: RunState;
  /** What is kept of it. */
  readonly keep: Retention;
  readonly files: readonly UnneededFile[];
  /** What removing the files frees. */
  readonly bytes: number;
}

/** A run that goes as a whole. */
export interface OrphanGarbage {
  readonly id: string;
  readonly state: RunState;
  readonly bytes: number;
}

/** Everything that can go. */
export interface Garbage {
  readonly runs: readonly RunGarbage[];
  readonly orphans: readonly OrphanGarbage[];
  readonly leftovers: readonly PathGarbage[];
  readonly caches: readonly PathGarbage[];
  /** Ids of runs that a worker holds: they are left alone. */
  readonly atWork: readonly string[];
  readonly bytes: number;
}

/**
 * What a results folder can do without, by the retention that its sweeps ask for. Nothing is changed.
 *
 * **Ownership**: for removing it the caller holds the lock of the results folder from before the search on.
 *
 * @param onProgress called with the number of runs that were looked at
 * @throws SweepError `bad-record` when orphans are asked for and a sweep's record cannot be read: it may list them
 */
export function findGarbage(
  db: SweepDatabase,
  paths: ResultsPaths,
  request: GarbageRequest,
  onProgress: (runs: number) => void = () => undefined,
): Garbage {
  const orphans = request.orphans ? findOrphans(db, paths) : [];
  const goesWhole = new Set(orphans.map(({ id }) => id));
  const keepOf = createKeepOf(paths, request);
  const runs: RunGarbage[] = [];
  const atWork: string[] = [];
  let looked = 0;
  for (const run of listRetainedRuns(db, request.sweep)) {
    onProgress(++looked);
    if (goesWhole.has(run.id)) continue;
    if (isHeld(paths, run.id)) atWork.push(run.id);
    else {
      const garbage = garbageOf(run, paths, keepOf(run));
      if (garbage.files.length > 0) runs.push(garbage);
    }
  }
  const goesWithCaches = (path: string): boolean =>
    request.caches && path.startsWith(join(paths.cacheFolder, sep));
  const leftovers = (request.sweep === null ? findLeftoversOutsideRuns(db, paths) : []).filter(
    ({ path }) => !goesWithCaches(path),
  );
  const caches = request.caches ? measured([paths.cacheFolder]) : [];
  const bytes = [...runs, ...orphans, ...leftovers, ...caches].reduce(
    (sum, each) => sum + each.bytes,
    0,
  );
  return { runs, orphans, leftovers, caches, atWork, bytes };
}

/** What is kept of a run: a wish for one sweep does not speak for others that have the run too. */
function createKeepOf(
  paths: ResultsPaths,
  { sweep, keep }: GarbageRequest,
): (run: RetainedRun) => Retention {
  const wanted = createRetentionReader(paths);
  return ({ id, sweeps }) => {
    if (keep === null) return sweeps.length === 0 ? readRetention(paths.run(id)) : wanted(sweeps);
    const others = sweep === null ? [] : sweeps.filter((name) => name !== sweep);
    return others.length === 0 ? keep : mostGenerous([keep, wanted(others)]);
  };
}

function garbageOf(run: RetainedRun, paths: ResultsPaths, keep: Retention): RunGarbage {
  const { id, name, bestBytes } = run;
  const files = findUnneededFiles(paths.run(id), { keep, bestBytes });
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { id, name, state: runState(run, paths), keep, files, bytes };
}

/** No sweep lists them: neither in the database nor in a record that it has not taken in yet. */
function findOrphans(db: SweepDatabase, paths: ResultsPaths): OrphanGarbage[] {
  const listed = new Set<string>();
  for (const folder of pathsIn(paths.sweepsFolder))
    for (const run of readListedRuns(folder)) if ('runId' in run) listed.add(run.runId);
  return listOrphanRuns(db)
    .filter(({ id }) => !listed.has(id) && !isHeld(paths, id))
    .map((run) => {
      return {
        id: run.id,
        state: runState(run, paths),
        bytes: freedBytes(paths.run(run.id).folder),
      };
    });
}

/** Whether a worker has the run, also one whose coordinator died. */
function isHeld(paths: ResultsPaths, id: string): boolean {
  const run = paths.run(id);
  return findHolder(run, lastAttempt(run)) !== null;
}

function measured(list: readonly string[]): PathGarbage[] {
  return list.map((path) => ({ path, bytes: freedBytes(path) })).filter(({ bytes }) => bytes > 0);
}

import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { filesBelow, freedBytes, isLeftAlone, pathsIn } from '../../core/run-folder/disk-space.js';
import type { ResultsPaths } from '../../core/run-folder/paths.js';
import { QUIET_MS } from '../../core/run-folder/unneeded-files.js';
import type { SweepDatabase } from '../../core/store/database.js';

/** A file or folder that goes as a whole. */
export interface PathGarbage {
  readonly path: string;
  readonly bytes: number;
}

/** A download is written to all the time; what is this old nobody goes on with. */
const QUIET_DOWNLOAD_MS = 60 * 60_000;

/**
 * What killed processes left outside of the folders of runs: files that they were writing, the beginning of a database,
 * a folder of a run that was being removed.
 *
 * **Ownership**: as findGarbage.
 */
export function findLeftoversOutsideRuns(db: SweepDatabase, paths: ResultsPaths): PathGarbage[] {
  const { folder, sweepsFolder, cacheFolder } = paths;
  const quiet = (path: string): boolean => isLeftAlone(path, QUIET_MS);
  const written = pathsIn(sweepsFolder)
    .flatMap(pathsIn)
    .filter((path) => /\.(json|yaml)\.\d+$/.test(path));
  const staged = pathsIn(folder).filter((path) => path.endsWith('.partial'));
  const downloads = filesBelow(cacheFolder).filter((path) => /\.(part|\d+)$/.test(path));
  return [
    ...pathsIn(folder).filter((path) => isUnfinishedDatabase(path, paths)),
    ...pathsIn(folder).filter((path) => isRemovedCache(path, paths)),
    ...unfinishedRemovals(db, paths),
    ...[...written, ...staged].filter(quiet),
    ...downloads.filter((path) => isLeftAlone(path, QUIET_DOWNLOAD_MS)),
  ].map((path) => ({ path, bytes: freedBytes(path) }));
}

/** Where the caches are while they are being removed: half of them would look like all of them. */
export function removedCache({ cacheFolder }: ResultsPaths): string {
  return `${cacheFolder}.removed`;
}

function isRemovedCache(path: string, paths: ResultsPaths): boolean {
  return path === removedCache(paths);
}

/** Of `sweep db rebuild`; whoever holds the lock of the results folder is the only one who would write it. */
function isUnfinishedDatabase(path: string, { database }: ResultsPaths): boolean {
  const built = basename(`${database}.new`);
  return ['', '-wal', '-shm', '-journal'].some((suffix) => basename(path) === built + suffix);
}

/** A removal begins with `run.json` and the database; a folder without either is the rest of one. */
function unfinishedRemovals(db: SweepDatabase, paths: ResultsPaths): string[] {
  const isKnown = db.prepare('SELECT 1 FROM runs WHERE id = ?').pluck();
  return pathsIn(paths.runsFolder)
    .map((path) => basename(path))
    .filter((id) => /^[0-9a-f]{12}$/.test(id) && !existsSync(paths.run(id).runFile))
    .filter((id) => isKnown.get(id) === undefined)
    .map((id) => paths.run(id).folder);
}

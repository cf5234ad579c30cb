import { renameSync, rmSync, statSync } from 'node:fs';
import { syncFile } from '../run-folder/atomic-write.js';
import { latestCoordinator } from '../run-folder/coordinators.js';
import type { ResultsPaths } from '../run-folder/paths.js';
import { openForBuilding } from './database.js';
import { withDatabaseErrors } from './database-errors.js';
import type { IngestProgress, IngestReport } from './ingest-all.js';
import { recordInto } from './recorder.js';
import { takenInUpTo } from './taken-in.js';

/** What {@link rebuildDatabase} made. */
export interface RebuildReport extends IngestReport {
  /** Size of the new database. */
  readonly bytes: number;
}

/**
 * Builds the database anew from the folders of sweeps and runs, under another name, and puts it in the place of the one
 * there is, whatever state that is in. The rows are those that the recorder would have written.
 *
 * The caller is the coordinator: nobody else may write. Who reads the old file keeps it until it
 * opens the new one.
 *
 * @throws SweepError `unavailable` when the folder cannot be written; the old database is as before then
 */
export function rebuildDatabase(
  paths: ResultsPaths,
  onProgress?: (progress: IngestProgress) => void,
): RebuildReport {
  const temporary = `${paths.database}.new`;
  removeDatabase(temporary); // of a rebuilding that was interrupted
  try {
    const report = build(paths, temporary, onProgress);
    const { size } = statSync(temporary);
    syncFile(temporary);
    replace(temporary, paths.database);
    return { ...report, bytes: size };
  } finally {
    removeDatabase(temporary);
  }
}

function build(
  paths: ResultsPaths,
  file: string,
  onProgress?: (progress: IngestProgress) => void,
): IngestReport {
  return withDatabaseErrors(file, () => {
    const db = openForBuilding(file);
    const recorder = recordInto(db, { ...paths, database: file }, false);
    try {
      const report = recorder.ingestAll(onProgress);
      recorder.markTakenIn(takenInUpTo(paths, latestCoordinator(paths)));
      db.pragma('journal_mode = WAL'); // kept in the file
      return report;
    } finally {
      recorder.close();
    }
  });
}

/**
 * The old file goes first, then its log, then the new one takes the name: a log that is left over beside the new file
 * would be played into it. Killed in between there is no database, which the next `sweep run` builds.
 */
function replace(built: string, path: string): void {
  removeDatabase(path);
  renameSync(built, path);
}

function removeDatabase(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true });
}

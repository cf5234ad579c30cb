import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { SweepError } from '../errors.js';
import { resultsPaths } from '../run-folder/paths.js';
import { databaseError, isSqliteError } from './database-errors.js';
import { WAL_LIMIT_BYTES } from './write-ahead-log.js';
import { loadSqlite } from './load-sqlite.js';
import { checkNotNewer, databaseVersion, migrate, readMigrations } from './migrations.js';

/** An open database. */
export type SweepDatabase = Database.Database;

/** How long a statement waits for another process that writes: transactions here last milliseconds. */
const BUSY_TIMEOUT_MS = 10_000;

/**
 * Opens the database for the recorder, creates it when it is missing, and brings it to the newest version.
 *
 * @throws SweepError `bad-record` when the file is no database or comes from a newer version
 */
export function openForWriting(path: string): SweepDatabase {
  mkdirSync(dirname(path), { recursive: true });
  return openChecked(path, {}, (db) => {
    // WAL: readers never wait for the writer. NORMAL: a power cut may cost the last transactions, which the folders
    // of the runs still have, because the cursor is lost with them.
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    // After a burst the log shrinks again; see write-ahead-log.ts for what bounds it while there are readers.
    db.pragma(`journal_size_limit = ${WAL_LIMIT_BYTES}`);
    // The runs of a sweep lie all over the tables, as their ids do; with SQLite's 2 MB each row is a read and a write.
    db.pragma('cache_size = -16384'); // 16 MiB
    // What a transaction in a transaction would undo: in a file it is two writes for each page.
    db.pragma('temp_store = MEMORY');
    db.pragma('foreign_keys = ON');
    migrate(db, readMigrations());
  });
}

/**
 * Creates a database that nobody reads yet, for {@link rebuildDatabase}: without a log to recover from, because a
 * rebuilding that was interrupted begins anew.
 */
export function openForBuilding(path: string): SweepDatabase {
  return openChecked(path, {}, (db) => {
    // MEMORY, not OFF: what is taken in of a damaged folder is rolled back.
    db.pragma('journal_mode = MEMORY');
    db.pragma('synchronous = OFF');
    db.pragma('temp_store = MEMORY');
    db.pragma('cache_size = -65536'); // 64 MiB
    // The rows of a run are written after the run itself, and none is deleted: looking for it with each costs a third.
    db.pragma('foreign_keys = OFF');
    migrate(db, readMigrations());
  });
}

/**
 * Opens the database to read; it is safe while a recorder writes.
 *
 * @throws SweepError `bad-call` when there are no results yet, `bad-record` when the file cannot be used
 */
export function openForReading(path: string): SweepDatabase {
  if (!existsSync(path)) throw noResults(path);
  return openChecked(path, { readonly: true, fileMustExist: true }, (db) => {
    const version = databaseVersion(db);
    // A recorder has created the file and not yet its tables.
    if (version === 0) throw noResults(path);
    const newest = readMigrations().at(-1)?.version ?? 0;
    checkNotNewer(path, version, newest);
    if (version === newest) return;
    throw new SweepError('bad-record', {
      where: path,
      message: `the database has version ${version}, this program needs version ${newest}`,
      fix: 'npx sweep db rebuild builds it again from the folders of the runs; the next npx sweep run brings it up to date too.',
    });
  });
}

function noResults(path: string): SweepError {
  const { folder, runsFolder } = resultsPaths(dirname(path));
  if (existsSync(runsFolder))
    return new SweepError('bad-call', {
      where: path,
      message: `the database is missing or empty; the runs are there, in ${folder}`,
      fix: 'sweep db rebuild builds it again from the folders of the runs; nothing is lost.',
    });
  return new SweepError('bad-call', {
    message: `No results in ${dirname(path)} yet`,
    fix: 'Run a sweep first: npx sweep run experiments/quickstart.yaml',
  });
}

/** Opens, then prepares; a connection that cannot be prepared is closed again. */
function openChecked(
  path: string,
  options: Database.Options,
  prepare: (db: SweepDatabase) => void,
): SweepDatabase {
  let db: SweepDatabase | undefined;
  try {
    db = new (loadSqlite())(path, { ...options, timeout: BUSY_TIMEOUT_MS });
    prepare(db);
    return db;
  } catch (error) {
    db?.close();
    throw isSqliteError(error) ? databaseError(path, error) : error;
  }
}

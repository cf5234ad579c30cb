import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { SweepError } from '../errors.js';
import { storageProblem } from '../run-folder/storage-problem.js';
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
    db.pragma('foreign_keys = ON');
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
      fix: 'Start any sweep with npx sweep run: it brings the database up to date.',
    });
  });
}

function noResults(path: string): SweepError {
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
    db = new Database(path, { ...options, timeout: BUSY_TIMEOUT_MS });
    prepare(db);
    return db;
  } catch (error) {
    db?.close();
    throw error instanceof Database.SqliteError ? unusable(path, error) : error;
  }
}

function unusable(path: string, error: Error & { readonly code: string }): SweepError {
  if (error.code.startsWith('SQLITE_BUSY')) {
    return new SweepError(
      'busy',
      {
        where: path,
        message: 'another process holds the database',
        fix: 'Try again when it has ended.',
      },
      { cause: error },
    );
  }
  // A database in WAL mode cannot even be read where its folder cannot be written.
  const unwritable = error.code.startsWith('SQLITE_CANTOPEN') ? folderProblem(path) : null;
  if (unwritable !== null) return unwritable;
  return new SweepError(
    'bad-record',
    {
      where: path,
      message: `the database cannot be opened: ${error.message}`,
      fix: 'Move it away: it is built again from the folders of the runs.',
    },
    { cause: error },
  );
}

function folderProblem(path: string): SweepError | null {
  try {
    accessSync(dirname(path), constants.W_OK);
    return null;
  } catch (error) {
    return storageProblem(error);
  }
}

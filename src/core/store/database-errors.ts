import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { SweepError } from '../errors.js';
import { storageProblem } from '../run-folder/storage-problem.js';

/** What SQLite threw: told by its shape, so that who only reports errors need not load the library. */
export interface SqliteError extends Error {
  /** Such as `SQLITE_BUSY` or `SQLITE_CORRUPT_INDEX`. */
  readonly code: string;
}

export function isSqliteError(error: unknown): error is SqliteError {
  return (
    error instanceof Error &&
    error.name === 'SqliteError' &&
    'code' in error &&
    typeof error.code === 'string'
  );
}

/** An error of SQLite as one that a user can act on. @param path of the database */
export function databaseError(path: string, error: SqliteError): SweepError {
  const code = error.code.split('_').slice(0, 2).join('_');
  switch (code) {
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
      return busy(path, error);
    case 'SQLITE_FULL':
      return new SweepError(
        'unavailable',
        {
          where: path,
          message: 'the disk is full',
          fix: 'Free some space and start the sweep again: it goes on where it stopped.',
        },
        { cause: error },
      );
    case 'SQLITE_READONLY':
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_PERM':
      return folderProblem(path) ?? unwritable(path, error);
    case 'SQLITE_CORRUPT':
    case 'SQLITE_NOTADB':
      return new SweepError(
        'bad-record',
        {
          where: path,
          message: `the database is damaged: ${error.message}`,
          fix: 'sweep db rebuild builds it again from the folders of the runs; nothing is lost.',
        },
        { cause: error },
      );
    default:
      return new SweepError(
        'bad-record',
        {
          where: path,
          message: `the database cannot be used: ${error.message} (${error.code})`,
          fix: 'sweep db check says what is wrong with it; sweep db rebuild builds it again from the folders of the runs.',
        },
        { cause: error },
      );
  }
}

/** Does something with a database, so that what SQLite throws is an error that a user can act on. */
export function withDatabaseErrors<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw isSqliteError(error) ? databaseError(path, error) : error;
  }
}

function busy(path: string, cause: SqliteError): SweepError {
  const holders = lockHolders(path);
  const who =
    holders.length === 0
      ? 'another process'
      : `process ${holders.map((pid) => `${pid} (${processName(pid)})`).join(', ')}`;
  return new SweepError(
    'busy',
    {
      where: path,
      message: `${who} holds the database locked`,
      fix: 'Close the program that writes to it (a database browser, a script), then do the same again: nothing is lost.',
    },
    { cause },
  );
}

/**
 * Other processes with a write lock on a database, by /proc/locks (proc(5)); none where the system does not tell. In
 * WAL mode the locks lie on its `-shm` file.
 */
function lockHolders(path: string): number[] {
  const files = [path, `${path}-shm`].flatMap(
    (file) => statSync(file, { throwIfNoEntry: false })?.ino ?? [],
  );
  let table: string;
  try {
    table = readFileSync('/proc/locks', 'utf8');
  } catch {
    return []; // no /proc: macOS, Windows
  }
  const holders = table.split('\n').flatMap((line) => {
    // 1: POSIX  ADVISORY  WRITE 4242 fd:01:1835041 120 120
    const [, mode, pid, inode] = /(READ|WRITE)\s+(\d+)\s+\w+:\w+:(\d+)/.exec(line) ?? [];
    return mode === 'WRITE' && files.includes(Number(inode)) ? [Number(pid)] : [];
  });
  return [...new Set(holders)].filter((pid) => pid !== process.pid && pid > 0);
}

function processName(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return 'unknown';
  }
}

function unwritable(path: string, cause: SqliteError): SweepError {
  return new SweepError(
    'unavailable',
    {
      where: path,
      message: `the database cannot be opened or written: ${cause.message}`,
      fix: 'Check the permissions of the results folder, or choose another one with --results DIR.',
    },
    { cause },
  );
}

/** A database in WAL mode cannot even be read where its folder cannot be written. */
function folderProblem(path: string): SweepError | null {
  try {
    accessSync(dirname(path), constants.W_OK);
    return null;
  } catch (error) {
    return storageProblem(error);
  }
}

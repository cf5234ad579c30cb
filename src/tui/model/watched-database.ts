import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { SweepError } from '../../core/errors.js';
import { dataVersion } from '../../core/store/database-changes.js';
import { openForReading, type SweepDatabase } from '../../core/store/database.js';

/** A database that somebody else writes, read for as long as a dashboard is open. */
export class WatchedDatabase {
  readonly #path: string;
  #db: SweepDatabase;
  #file: string;
  /** What the open connection says of itself; another one counts anew. */
  #dataVersion: number;
  #version = 0;
  #problem: string | null = null;
  /** What was in the place of the database at the last look, where that could not be read yet. */
  #unready: string | null = null;

  /** @throws SweepError `bad-call` when there are no results, `bad-record` for a damaged database */
  constructor(path: string) {
    this.#path = path;
    this.#db = openForReading(path);
    this.#file = fileIdentity(path);
    this.#dataVersion = dataVersion(this.#db);
  }

  /** The open connection; another one after {@link reopenIfReplaced}. */
  get db(): SweepDatabase {
    return this.#db;
  }

  /** Counts changes of the data that were noticed. */
  get version(): number {
    return this.#version;
  }

  /** Why what is read is old, and the way out; null while there is nothing wrong with the file. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Looks whether somebody has written since the last look; cheap. */
  noticeChanges(): void {
    const now = dataVersion(this.#db);
    if (now === this.#dataVersion) return;
    this.#dataVersion = now;
    this.#version += 1;
  }

  /**
   * Looks at the file: a database that is built anew is another one of the same name. While there is none that can be
   * read, what was read of the old one stays, and {@link problem} says so.
   */
  reopenIfReplaced(): void {
    const file = fileIdentity(this.#path);
    if (file === this.#file) {
      this.#problem = hasDatabaseHeader(this.#path) ? null : problemText('damaged');
      return;
    }
    const db = this.#open(file);
    if (db === null) return;
    this.#db.close();
    this.#db = db;
    this.#file = file;
    this.#dataVersion = dataVersion(db);
    this.#version += 1;
    this.#problem = null;
    this.#unready = null;
  }

  /** Null for what cannot be read. What is missing or empty is perhaps only being made: it is ready at the next look. */
  #open(file: string): SweepDatabase | null {
    try {
      return openForReading(this.#path);
    } catch (error) {
      if (!(error instanceof SweepError)) throw error;
      if (error.code === 'bad-call' && this.#unready !== file) this.#unready = file;
      else if (file === '') this.#problem = problemText('gone');
      else this.#problem = problemText(hasDatabaseHeader(this.#path) ? 'of no use' : 'damaged');
      return null;
    }
  }

  close(): void {
    this.#db.close();
  }
}

/** Device and number of a file; empty while there is none. */
function fileIdentity(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? '' : `${stat.dev}:${stat.ino}`;
}

/** What a user can do comes first: a narrow terminal cuts the end. */
function problemText(problem: 'gone' | 'damaged' | 'of no use'): string {
  return `sweep.db is ${problem}: sweep db rebuild builds it again. What is shown is what it last said.`;
}

const HEADER = Buffer.from('SQLite format 3\0');

/** Whether a file begins as every database does (sqlite.org/fileformat.html); not so when something else lies over it. */
function hasDatabaseHeader(path: string): boolean {
  const begin = Buffer.alloc(HEADER.length);
  try {
    const file = openSync(path, 'r');
    try {
      readSync(file, begin, 0, begin.length, 0);
    } finally {
      closeSync(file);
    }
  } catch {
    return true; // it went a moment ago, or cannot be opened now: the next look says what it is
  }
  return begin.equals(HEADER);
}

import { statSync } from 'node:fs';
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

  /** Looks whether somebody has written since the last look; cheap. */
  noticeChanges(): void {
    const now = dataVersion(this.#db);
    if (now === this.#dataVersion) return;
    this.#dataVersion = now;
    this.#version += 1;
  }

  /** A database that is built anew is another file of the same name. */
  reopenIfReplaced(): void {
    const file = fileIdentity(this.#path);
    if (file === '' || file === this.#file) return;
    const db = openUnlessUnready(this.#path);
    if (db === null) return;
    this.#db.close();
    this.#db = db;
    this.#file = file;
    this.#dataVersion = dataVersion(db);
    this.#version += 1;
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

/** Null for a database that is only just being made: what was read of the old one stays until it is ready. */
function openUnlessUnready(path: string): SweepDatabase | null {
  try {
    return openForReading(path);
  } catch (error) {
    if (error instanceof SweepError) return null;
    throw error;
  }
}

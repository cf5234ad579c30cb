import { statSync } from 'node:fs';
import type Database from 'better-sqlite3';

/** Above this size the log is emptied even if that means waiting for readers. */
export const WAL_LIMIT_BYTES = 16 * 1024 * 1024;

/** After an attempt that a reader prevented, the next one follows when the log has grown by this. */
const RETRY_BYTES = WAL_LIMIT_BYTES / 4;

/** How long the writer may wait for readers that are in the middle of a query. */
const WAIT_MS = 200;

/**
 * Keeps the write-ahead log of a database bounded while others read.
 *
 * SQLite's own checkpoint copies pages back but starts the log anew only when no reader uses it at that moment, which
 * with several dashboards may be never (six readers in a loop: 100 MB within seconds). RESTART waits for the readers of now; those that come meanwhile read past the
 * log (https://sqlite.org/wal.html#avoiding_excessively_large_wal_files). One that does not end is not waited for: the
 * next attempt follows when the log has grown on. TRUNCATE is RESTART, and gives the space back.
 *
 * @returns to be called after a transaction; cheap while the log is small
 */
export function createLogLimit(db: Database.Database): () => void {
  const log = `${db.name}-wal`;
  let nextTry = WAL_LIMIT_BYTES;
  return () => {
    const bytes = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
    if (bytes < WAL_LIMIT_BYTES) nextTry = WAL_LIMIT_BYTES;
    if (bytes < nextTry) return;
    const usual = db.pragma('busy_timeout', { simple: true });
    db.pragma(`busy_timeout = ${WAIT_MS}`);
    try {
      db.pragma('wal_checkpoint(TRUNCATE)');
    } finally {
      db.pragma(`busy_timeout = ${String(usual)}`);
    }
    nextTry = (statSync(log, { throwIfNoEntry: false })?.size ?? 0) + RETRY_BYTES;
  };
}

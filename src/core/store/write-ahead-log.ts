import { statSync } from 'node:fs';
import type Database from 'better-sqlite3';

/** Above this size the log is emptied even if that means waiting for readers. */
export const WAL_LIMIT_BYTES = 16 * 1024 * 1024;

/** The log is copied back each time that it has grown by this. */
const CHECKPOINT_BYTES = WAL_LIMIT_BYTES / 2;

/** How long the writer may wait for readers that are in the middle of a query. */
const WAIT_MS = 200;

/**
 * Keeps the write-ahead log of a database bounded while others read, in place of SQLite's own checkpoints, which it
 * switches off for this connection.
 *
 * Those copy pages back at every commit from 4 MB on, each with two waits for the disk, and start the log anew only when
 * no reader uses it at that moment, which with several dashboards may be never (six readers in a loop: 100 MB within
 * seconds, and the writer a third slower). TRUNCATE copies as much as it can and gives the space back when nobody reads;
 * above the limit it waits for the readers of now, and those that come meanwhile read past the log
 * (https://sqlite.org/wal.html#avoiding_excessively_large_wal_files). One that does not end is not waited for: the next
 * attempt follows when the log has grown on.
 *
 * @returns to be called after a transaction; cheap while the log has not grown
 */
export function createLogLimit(db: Database.Database): () => void {
  db.pragma('wal_autocheckpoint = 0');
  const log = `${db.name}-wal`;
  const bytes = (): number => statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  let nextTry = CHECKPOINT_BYTES;
  return () => {
    const before = bytes();
    if (before < nextTry) return;
    const usual = db.pragma('busy_timeout', { simple: true });
    db.pragma(`busy_timeout = ${before < WAL_LIMIT_BYTES ? 0 : WAIT_MS}`);
    try {
      db.pragma('wal_checkpoint(TRUNCATE)');
    } finally {
      db.pragma(`busy_timeout = ${String(usual)}`);
    }
    nextTry = bytes() + CHECKPOINT_BYTES;
  };
}

import type { ResultsPaths } from '../run-folder/paths.js';
import { openForWriting } from './database.js';

/** What is to be gone from the database. */
export interface Forgotten {
  readonly runIds: readonly string[];
  /** Name of a sweep whose list goes too. */
  readonly sweep: string | null;
}

/**
 * Takes runs, and possibly a sweep, out of the database, all at once or not at all. Other sweeps keep them in their
 * lists: they would train them again.
 *
 * **Ownership**: the caller holds the lock of the results folder.
 *
 * @throws SweepError `bad-record` when the database cannot be used
 */
export function forget(paths: ResultsPaths, { runIds, sweep }: Forgotten): void {
  const db = openForWriting(paths.database);
  try {
    const forgetRun = db.prepare('DELETE FROM runs WHERE id = ?');
    const forgetSweep = db.prepare('DELETE FROM sweeps WHERE name = ?');
    db.transaction(() => {
      for (const id of runIds) forgetRun.run(id);
      if (sweep !== null) forgetSweep.run(sweep);
    }).immediate();
  } finally {
    db.close();
  }
}

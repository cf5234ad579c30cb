import { resultsPaths, type ResultsPaths } from '../core/run-folder/paths.js';
import { withDatabaseErrors } from '../core/store/database-errors.js';
import { openForReading, type SweepDatabase } from '../core/store/database.js';

/** An open database and where it lies. */
export interface OpenStore {
  readonly db: SweepDatabase;
  readonly paths: ResultsPaths;
}

/**
 * Reads from a results folder's database and closes it.
 *
 * @throws SweepError `bad-call` when there are no results yet
 */
export function withStore<T>(results: string, read: (store: OpenStore) => T): T {
  const paths = resultsPaths(results);
  const db = openForReading(paths.database);
  try {
    return withDatabaseErrors(paths.database, () => read({ db, paths }));
  } finally {
    db.close();
  }
}

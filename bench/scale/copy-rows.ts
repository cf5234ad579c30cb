import { mkdirSync } from 'node:fs';
import { z } from 'zod';
import type { ResultsPaths } from '../../src/core/run-folder/paths.js';
import { openForBuilding, type SweepDatabase } from '../../src/core/store/database.js';
import { recordInto } from '../../src/core/store/recorder.js';
import {
  epoch,
  exampleRun,
  exampleSweep,
  logOf,
  started,
  writeRun,
} from '../../test/core/store/example-runs.js';

/**
 * Makes a database of copies: one finished run and its sweep are recorded as usual, so that the tables are what this
 * version writes; their rows go into tables named `one_…`, from which `copy` makes many with {@link copyRows}.
 */
export function makeOfCopies(
  paths: ResultsPaths,
  template: { readonly sweep: string; readonly epochs: number },
  copy: (db: SweepDatabase) => void,
): void {
  mkdirSync(paths.folder, { recursive: true });
  const db = openForBuilding(paths.database);
  const recorder = recordInto(db, paths);
  const run = exampleRun();
  const epochs = Array.from({ length: template.epochs }, (_, index) => epoch(index, 60 - index));
  const end = { type: 'completed', reason: 'max-epochs', seconds: 60 } as const;
  writeRun(paths, run, logOf([started(), ...epochs, end]));
  recorder.ingest(run.id);
  recorder.recordSweep(exampleSweep(template.sweep, [run]));
  db.pragma('cache_size = -1000000');
  for (const table of COPIED)
    db.exec(`CREATE TEMP TABLE one_${table} AS SELECT * FROM ${table}; DELETE FROM ${table}`);
  copy(db);
  // A rebuilt database is in this mode until a recorder opens it.
  db.pragma('journal_mode = WAL');
  recorder.close();
}

/** What refers to others comes before them: rows go in this order. */
const COPIED = ['metrics', 'epochs', 'sweep_runs', 'sweeps', 'runs'];

const columnSchema = z.object({ name: z.string(), hidden: z.int() });

/** Copies the one row, or the rows of the one run, many times, with some columns changed by the number `n`. */
export function copyRows(
  db: SweepDatabase,
  table: string,
  times: number,
  changed: Readonly<Record<string, string>>,
): number {
  const columns = z
    .array(columnSchema)
    .parse(db.pragma(`table_xinfo(${table})`))
    .filter(({ hidden }) => hidden === 0) // the others are computed
    .map(({ name }) => name);
  const values = columns.map((name) => changed[name] ?? name);
  // CROSS JOIN keeps the order of the loops: rows come in the order of the key.
  return db
    .prepare(
      `WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < ?)
       INSERT INTO ${table} (${columns.join()}) SELECT ${values.join()} FROM numbers CROSS JOIN one_${table}`,
    )
    .run(Math.ceil(times)).changes;
}

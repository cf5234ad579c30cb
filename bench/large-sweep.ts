import { mkdirSync } from 'node:fs';
import type { ResultsPaths } from '../src/core/run-folder/paths.js';
import { openForBuilding } from '../src/core/store/database.js';
import { recordInto } from '../src/core/store/recorder.js';
import {
  epoch,
  exampleRun,
  exampleSweep,
  logOf,
  started,
  writeRun,
} from '../test/core/store/example-runs.js';
import { copyRows } from './scale/copy-rows.js';

/**
 * A results folder with one sweep of `runs` finished runs: one is recorded as usual, the rows of the others are copied
 * by SQL, with scores, sizes and changes of their own.
 */
export function makeLargeSweep(paths: ResultsPaths, sweep: string, runs: number): void {
  mkdirSync(paths.folder, { recursive: true });
  const db = openForBuilding(paths.database);
  const recorder = recordInto(db, paths);
  const run = exampleRun();
  const end = { type: 'completed', reason: 'max-epochs', seconds: 60 } as const;
  writeRun(paths, run, logOf([started(), epoch(0, 60), epoch(1, 59), end]));
  recorder.ingest(run.id);
  recorder.recordSweep(exampleSweep(sweep, [run]));
  db.pragma('cache_size = -1000000');
  for (const table of ['runs', 'sweep_runs'])
    db.exec(`CREATE TEMP TABLE one_${table} AS SELECT * FROM ${table}; DELETE FROM ${table}`);
  // Ids are hashes: where a run stands in the sweep says nothing of where its row is.
  const id = `printf('%012x', n * 2654435761 % 281474976710656)`;
  copyRows(db, 'runs', runs, {
    id,
    key: `printf('%064x', n)`,
    config: `json_set(config, '$.seed', n, '$.model.neurons', n % 7 + 1)`,
    parameters: `1000 + n * 7919 % 1009`,
    best_val_nll: `best_val_nll + (n * 7919 % 100003) / 1000.0`,
    outcome: `CASE WHEN n % 50 = 0 THEN 'failed' ELSE 'completed' END`,
  });
  copyRows(db, 'sweep_runs', runs, {
    position: 'n',
    name: `'neurons=' || (n % 7 + 1) || ',learningRate=' || (n % 5 + 1) / 1000.0 || ',seed=' || n`,
    run_id: id,
    changes: `json_object('model.neurons', n % 7 + 1, 'train.learningRate', (n % 5 + 1) / 1000.0, 'seed', n)`,
  });
  // A rebuilt database is in this mode until a recorder opens it.
  db.pragma('journal_mode = WAL');
  recorder.close();
}

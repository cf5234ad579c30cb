import type { ResultsPaths } from '../src/core/run-folder/paths.js';
import { copyRows, makeOfCopies } from './scale/copy-rows.js';

/** A results folder with one sweep of `runs` finished runs, with scores, sizes and changes of their own. */
export function makeLargeSweep(paths: ResultsPaths, sweep: string, runs: number): void {
  makeOfCopies(paths, { sweep, epochs: 2 }, (db) => {
    copyRows(db, 'sweeps', 1, {});
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
  });
}

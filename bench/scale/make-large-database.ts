/**
 * `tsx make-large-database.ts RESULTS RUNS PER_SWEEP` makes the database of so many finished runs and prints the number of
 * its metric rows.
 */
import { z } from 'zod';
import { resultsPaths } from '../../src/core/run-folder/paths.js';
import { copyRows as copy, makeOfCopies } from './copy-rows.js';

/** With two scores of two splits each: 52 metric rows a run. */
const EPOCHS = 13;

const argumentsSchema = z.tuple([z.string(), z.coerce.number(), z.coerce.number()]);
const [folder, runs, perSweep] = argumentsSchema.parse(process.argv.slice(2));

let rows = 0;
makeOfCopies(resultsPaths(folder), { sweep: 'template', epochs: EPOCHS }, (db) => {
  const id = `printf('%012x', n)`;
  const inSweep = `printf('s%04d', n / ${perSweep})`;
  copy(db, 'sweeps', runs / perSweep, { name: `printf('s%04d', n)` });
  copy(db, 'runs', runs, {
    id,
    key: `printf('%064x', n)`,
    config: `json_set(config, '$.seed', n)`,
    best_val_nll: `best_val_nll + (n * 7919 % 1000) / 100.0`,
  });
  copy(db, 'sweep_runs', runs, {
    sweep: inSweep,
    position: `n % ${perSweep}`,
    name: `'seed=' || n`,
    run_id: id,
    changes: `'{"seed":' || n || '}'`,
  });
  copy(db, 'epochs', runs, { run_id: id });
  rows = copy(db, 'metrics', runs, {
    run_id: id,
    value: 'value + (n * 7919 % 1000) / 100.0',
  });
});
process.stdout.write(`${rows}\n`);

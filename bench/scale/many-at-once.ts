import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resultsPaths } from '../../src/core/run-folder/paths.js';
import { openForReading } from '../../src/core/store/database.js';
import type { Part } from './part.js';
import { count, sweep } from './program.js';
import { trivialSweep } from './trials.js';

const RUNS = 32;
const EPOCHS = 500;
const SCORES = 4;

/** 32 runs at once that report as fast as they can. */
export const measureManyAtOnce: Part = async (folder, _, add) => {
  writeFileSync(join(folder, 'many.yaml'), trivialSweep('many', RUNS, EPOCHS));
  const { seconds, stderr } = await sweep(
    folder,
    'run',
    'many.yaml',
    '--plain',
    '--jobs',
    `${RUNS}`,
  );
  const db = openForReading(resultsPaths(join(folder, 'results')).database);
  const rows = Number(db.prepare('SELECT count(*) FROM metrics').pluck().get());
  db.close();
  const lost = RUNS * EPOCHS * SCORES - rows;
  const locks = stderr.match(/locked|busy/gi)?.length ?? 0;
  await sweep(folder, 'db', 'check');
  add(
    `${RUNS} runs at once, ${count(RUNS * EPOCHS * SCORES)} metric rows reported without a pause`,
    'no lock error, no lost row',
    `${locks} lock errors, ${lost} rows lost; ${seconds.toFixed(1)} s`,
  );
};

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { resultsPaths } from '../../src/core/run-folder/paths.js';
import { openForReading } from '../../src/core/store/database.js';
import type { Part } from './part.js';
import { sweep } from './program.js';

const RUNS = 8;
const MINUTE_MS = 60_000;

const DEFINITION = {
  name: 'short',
  dataset: { source: 'headlines', limit: 200 },
  base: {
    model: { tokens: 40, embedding: 8, neurons: 2, heads: 1, blocks: 1 },
    train: { maxEpochs: 3 },
    sample: { count: 4, during: 'never' },
  },
  replicates: RUNS,
};

const rowSchema = z.object({ startedAt: z.string(), endedAt: z.string() });

/**
 * What a run takes beside training, evaluation and sampling: from the end of one run on a core to the moment in which
 * the next one, its texts and its engine ready, begins with its first step. It does not depend on how long runs train.
 */
export const measureOverhead: Part = async (folder, _, add) => {
  writeFileSync(join(folder, 'short.yaml'), JSON.stringify(DEFINITION));
  await sweep(folder, 'run', 'short.yaml', '--plain', '--jobs', '1');
  const db = openForReading(resultsPaths(join(folder, 'results')).database);
  const select = db.prepare(
    'SELECT started_at AS startedAt, ended_at AS endedAt FROM runs ORDER BY started_at',
  );
  const runs = z.array(rowSchema).parse(select.all());
  db.close();
  const gaps = runs
    .slice(1)
    .map(({ startedAt }, index) => Date.parse(startedAt) - Date.parse(runs[index]?.endedAt ?? ''));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  add(
    `time outside training in a sweep of 1-minute runs (from the end of a run to the next one's first step, ${RUNS} short runs)`,
    'at most 1 %',
    `${mean.toFixed(0)} ms a run, ${((100 * mean) / MINUTE_MS).toFixed(2)} % of a minute`,
  );
};

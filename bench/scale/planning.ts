import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Part } from './part.js';
import { sweep, took } from './program.js';

const TEN = Array.from({ length: 10 }, (_, index) => index + 1);

/** A million runs: six fields of ten values. */
const MILLION = {
  name: 'million',
  dataset: { source: 'headlines', limit: 200 },
  grid: {
    'train.learningRate': TEN.map((n) => n / 1000),
    'train.weightDecay': TEN.map((n) => n / 1000),
    'train.batchSize': TEN.map((n) => n * 8),
    'model.dropout': TEN.map((n) => n / 100),
    'model.embedding': TEN.map((n) => n * 8),
    'model.heads': TEN,
  },
};
const WHERE =
  'model.embedding <= 64 && train.batchSize * model.heads >= 40 && model.dropout < 0.08 && ' +
  'train.learningRate + train.weightDecay < 0.012 && parameters < 1M';

/** `sweep plan` of a million runs. */
export const measurePlanning: Part = async (folder, _, add) => {
  writeFileSync(join(folder, 'million.yaml'), JSON.stringify(MILLION));
  writeFileSync(join(folder, 'where.yaml'), JSON.stringify({ ...MILLION, where: WHERE }));
  const target = 'at most 3 s, 300 MB';
  const all = await sweep(folder, 'plan', 'million.yaml');
  add('`sweep plan`, a grid of 1,000,000 runs', target, took(all));
  const some = await sweep(folder, 'plan', 'where.yaml');
  add('the same with `where` over all its fields', target, took(some));
};

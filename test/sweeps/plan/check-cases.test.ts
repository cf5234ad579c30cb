import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SweepError } from '../../../src/core/errors.js';
import { parameterCount } from '../../../src/core/model/parameter-count.js';
import type { LoadedDefinition } from '../../../src/sweeps/definition/definition.js';
import { loadDefinition } from '../../../src/sweeps/definition/load-definition.js';
import { type Case, entriesOf, expandCases } from '../../../src/sweeps/plan/cases.js';
import { keptCases } from '../../../src/sweeps/plan/kept-cases.js';
import { resolveConfig } from '../../../src/sweeps/plan/resolve-config.js';
import { isKept } from '../../../src/sweeps/plan/where.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

function load(definition: object): Promise<LoadedDefinition> {
  const file = join(temporaryFolder(), 'study.yaml');
  writeFileSync(file, JSON.stringify({ name: 'study', ...definition }));
  return loadDefinition(file);
}

/** What `where` keeps, by resolving each case by itself. */
function keptOneByOne(definition: LoadedDefinition): Case[] {
  return [...expandCases(definition)].filter((item) => {
    const config = resolveConfig(definition, item, undefined);
    if (!('kind' in config)) throw new Error('a valid definition has only valid cases');
    return isKept(definition.where, item, config, parameterCount(config.model));
  });
}

const SWEPT = {
  'train.learningRate': [0.001, 0.002, 0.003],
  'train.batchSize': [8, 16],
  'model.embedding': [4, 8, 16],
  'model.heads': [1, 2],
  'dataset.limit': [10, null],
  'sample.count': [0, 4],
  seed: [5, 6, 7],
};

const CONDITIONS = [
  'model.embedding <= 8',
  'parameters < 2k',
  'seed != 6',
  'replicate <= 2 || model.heads == 2',
  'train.learningRate * model.embedding > 0.01 && dataset.limit != null',
  'train.batchSize == 8 ? model.heads == 1 : model.embedding > 4',
  "name != 'learningRate=0.001'",
];

const definitions = fc
  .record({
    fields: fc.subarray(Object.keys(SWEPT) as (keyof typeof SWEPT)[], { minLength: 1 }),
    zipped: fc.nat(2),
    replicates: fc.integer({ min: 1, max: 3 }),
    where: fc.option(fc.constantFrom(...CONDITIONS), { nil: undefined }),
    runs: fc.boolean(),
  })
  .map(({ fields, zipped, replicates, where, runs }) => {
    const swept = fields.filter((field) => field !== 'seed' || replicates === 1);
    const zip = swept.slice(0, zipped).map((field) => [field, SWEPT[field].slice(0, 2)]);
    const grid = swept.slice(zipped).map((field) => [field, SWEPT[field]]);
    return {
      base: { model: { tokens: 8, embedding: 4, neurons: 1, heads: 1, blocks: 1 } },
      ...(zip.length > 0 ? { zip: Object.fromEntries(zip) as object } : {}),
      ...(grid.length > 0 ? { grid: Object.fromEntries(grid) as object } : {}),
      ...(where === undefined ? {} : { where }),
      ...(runs ? { runs: [{ name: 'a' }, { name: 'b', 'model.neurons': 3 }] } : {}),
      replicates,
    };
  });

describe('a survey of cases', () => {
  test('counts and hands out what resolving each case by itself keeps, in the same order', async () => {
    await fc.assert(
      fc.asyncProperty(definitions, async (written) => {
        let definition: LoadedDefinition;
        try {
          definition = await load(written);
        } catch (error) {
          if (!(error instanceof SweepError)) throw error;
          expect(error.message).toContain('keeps no run');
          return;
        }
        const expected = keptOneByOne(definition);
        expect(definition.runCount).toBe(expected.length);
        const kept = entriesOf(definition).flatMap((entry) => [...keptCases(definition, entry)]);
        expect(kept).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  test('counts a million runs without looking at each', async () => {
    const ten = Array.from({ length: 10 }, (_, index) => index + 1);
    const definition = await load({
      grid: {
        'train.batchSize': ten,
        'train.maxEpochs': ten,
        'train.patience': ten,
        'sample.count': ten,
        'model.heads': ten,
        'model.blocks': ten,
      },
      where: 'model.heads <= 4',
    });
    expect(definition.runCount).toBe(400_000);
    const first = keptCases(definition, undefined).next();
    expect(first.done === true ? undefined : first.value.name).toBe(
      'batchSize=1,maxEpochs=1,patience=1,count=1,heads=1,blocks=1',
    );
  });

  test.each([
    [
      'more runs than anyone waits for',
      { replicates: 1e15 },
      'the definition has 1,000,000,000,000,000 runs, more than 10,000,000',
    ],
    [
      'a condition on too many combinations',
      { replicates: 9e6, where: 'seed > 5' },
      'the definition has more than 2,000,000 combinations to check',
    ],
    [
      'a model beyond any machine',
      { base: { model: { blocks: 1e15 } } },
      'the model of run "study" has 1.7e+19 parameters, more than any machine holds',
    ],
  ])('refuses %s', async (_, written, message) => {
    await expect(load(written)).rejects.toThrow(message);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type {
  Axis,
  Definition,
  Override,
  RunEntry,
} from '../../../src/sweeps/definition/definition.js';
import { FIELDS } from '../../../src/sweeps/definition/fields.js';
import { flattenAxes } from '../../../src/sweeps/definition/flatten.js';
import { parseYaml } from '../../../src/sweeps/definition/parse-yaml.js';
import { expandCases } from '../../../src/sweeps/plan/cases.js';
import { expandGrid } from '../../../src/sweeps/plan/grid.js';

const given = (value: unknown): Override => ({ value, where: '' });
const axis = (key: string, values: readonly unknown[]): Axis => ({
  key,
  values: values.map(given),
});
const entry = (name: string, overrides: Record<string, unknown> = {}): RunEntry => ({
  name,
  notes: undefined,
  overrides: new Map(Object.entries(overrides).map(([key, value]) => [key, given(value)])),
  budget: undefined,
  from: undefined,
  where: '',
});

function definition(parts: Partial<Definition>): Definition {
  return {
    name: 'study',
    title: undefined,
    description: undefined,
    handling: {
      retries: undefined,
      timeoutMs: undefined,
      gracePeriodMs: undefined,
      stopAfter: undefined,
    },
    objective: { metric: 'val.nll', goal: 'minimize' },
    base: new Map(),
    set: new Map(),
    runs: [],
    grid: [],
    zip: [],
    device: undefined,
    keep: undefined,
    replicates: 1,
    where: undefined,
    budget: undefined,
    from: undefined,
    ...parts,
  };
}

const names = (parts: Partial<Definition>): readonly string[] =>
  [...expandCases(definition(parts))].map(({ name }) => name);

/** The product written as nested loops over materialised lists: what the lazy expansion must equal. */
function product(axes: readonly Axis[]): readonly (readonly unknown[])[] {
  return axes.reduce<readonly (readonly unknown[])[]>(
    (rows, { values }) => rows.flatMap((row) => values.map(({ value }) => [...row, value])),
    [[]],
  );
}

const keys = fc.uniqueArray(fc.constantFrom(...FIELDS.keys()), { maxLength: 4 });
const axesOf = (chosen: readonly string[]): fc.Arbitrary<Axis[]> =>
  fc.tuple(
    ...chosen.map((key) =>
      fc
        .uniqueArray(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 5 })
        .map((values) => axis(key, values)),
    ),
  );

describe('expandGrid', () => {
  it('gives every combination once, none twice, in the order of nested loops', () => {
    fc.assert(
      fc.property(keys.chain(axesOf), (axes) => {
        const lazy = [...expandGrid(axes)].map((row) =>
          [...row.values()].map(({ value }) => value),
        );
        expect(lazy).toEqual(product(axes));
      }),
    );
  });

  it('does not depend on whether keys are dotted or nested', () => {
    fc.assert(
      fc.property(keys.chain(axesOf), fc.boolean(), (axes, isNested) => {
        const grid: Record<string, unknown> = {};
        for (const { key, values } of axes) {
          const [head = '', ...rest] = key.split('.');
          const list = values.map(({ value }) => value);
          const group = grid[head];
          if (isNested && rest.length > 0)
            grid[head] = { ...(typeof group === 'object' ? group : {}), [rest.join('.')]: list };
          else grid[key] = list;
        }
        const source = parseYaml(JSON.stringify({ grid }), 'a.yaml');
        if (!('value' in source)) throw new Error('not YAML');
        const report = (): never => {
          throw new Error('a key is given twice');
        };
        const found = flattenAxes(grid, ['grid'], { source, report });
        const rows = new Set([...expandGrid(found)].map((row) => toText(row)));
        expect(rows).toEqual(new Set([...expandGrid(axes)].map((row) => toText(row))));
      }),
    );
  });

  it('walks a grid of a million points without holding it', () => {
    const thousand = Array.from({ length: 1000 }, (_, index) => index);
    const study = definition({ grid: [axis('model.heads', thousand), axis('seed', thousand)] });
    let count = 0;
    let last = '';
    for (const { name } of expandCases(study)) {
      count++;
      last = name;
    }
    expect(count).toBe(1_000_000);
    expect(last).toBe('heads=999,seed=999');
  });

  it('starts at once on a grid that could never be held', () => {
    const many = Array.from({ length: 1000 }, (_, index) => index);
    const axes = [...FIELDS.keys()].slice(0, 10).map((key) => axis(key, many)); // 10^30 points
    const first = expandCases(definition({ grid: axes })).next();
    expect(first.done).toBe(false);
  });
});

function toText(row: ReadonlyMap<string, Override>): string {
  return JSON.stringify([...row].map(([key, { value }]) => [key, value]).sort());
}

describe('expandCases', () => {
  it('goes through runs, then grid, then zip, then replicates', () => {
    const parts = {
      runs: [entry('a'), entry('b')],
      grid: [axis('model.heads', [1, 2])],
      zip: [axis('train.batchSize', [8, 16]), axis('train.learningRate', [0.1, 0.2])],
      replicates: 2,
    };
    const all = names(parts);
    expect(all.slice(0, 5)).toEqual([
      'a/heads=1,batchSize=8,learningRate=0.1/seed=1',
      'a/heads=1,batchSize=8,learningRate=0.1/seed=2',
      'a/heads=1,batchSize=16,learningRate=0.2/seed=1',
      'a/heads=1,batchSize=16,learningRate=0.2/seed=2',
      'a/heads=2,batchSize=8,learningRate=0.1/seed=1',
    ]);
    expect(all).toHaveLength(2 * 2 * 2 * 2);
  });

  it('gives as many cases as the product says, each with its own name and settings', () => {
    const shape = fc.record({
      runs: fc.integer({ min: 0, max: 3 }),
      grid: keys.chain(axesOf),
      replicates: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(shape, ({ runs, grid, replicates }) => {
        const swept = grid.filter(({ key }) => key !== 'seed');
        const study = definition({
          runs: Array.from({ length: runs }, (_, index) => entry(`run-${index}`)),
          grid: swept,
          replicates,
        });
        const all = [...expandCases(study)];
        expect(all).toHaveLength(Math.max(1, runs) * product(swept).length * replicates);
        expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
        const settings = all.map((item) => `${item.entry?.name ?? ''} ${toText(item.settings)}`);
        expect(new Set(settings).size).toBe(all.length);
      }),
    );
  });

  it('names cases by the shortest keys that tell them apart', () => {
    expect(names({ grid: [axis('seed', [1]), axis('dataset.split.seed', [2])] })).toEqual([
      'seed=1,split.seed=2',
    ]);
    expect(names({ grid: [axis('sample.temperatures', [[0.5, 1]])] })).toEqual([
      'temperatures=[0.5,1]',
    ]);
    expect(names({ grid: [axis('dataset.path', ['a/b,c.txt', null])] })).toEqual([
      'path="a/b,c.txt"',
      'path=null',
    ]);
    expect(names({})).toEqual(['study']);
  });

  it('counts seeds from the one that is stated', () => {
    const base = new Map([['seed', given(7)]]);
    expect(names({ base, replicates: 2 })).toEqual(['seed=7', 'seed=8']);
    expect(names({ base, replicates: 2, runs: [entry('a', { seed: 20 })] })).toEqual([
      'a/seed=20',
      'a/seed=21',
    ]);
  });

  it('multiplies a run with its own from by the replicates only', () => {
    const from = {
      sweep: undefined,
      runs: undefined,
      by: undefined,
      take: 'configuration' as const,
      where: '',
    };
    const parts = {
      runs: [entry('a'), { ...entry('b'), from }],
      grid: [axis('model.heads', [1, 2])],
      replicates: 2,
    };
    expect(names(parts).slice(4)).toEqual(['b/seed=1', 'b/seed=2']);
  });
});

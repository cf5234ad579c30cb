import { describe, expect, it } from 'vitest';
import type { KeyEffect } from '../../../src/analysis/design/key-effects.js';
import { FULL_GRID, gridSection, type GridRun } from '../example-grid.js';

function effectOf(runs: readonly GridRun[], key: string): KeyEffect {
  const found = gridSection(runs).analysis.effects.keys.find((one) => one.key === key);
  if (found === undefined) throw new Error(`${key} was not swept`);
  return found;
}

describe('keyEffects', () => {
  it('gives the mean at each value with its interval, and shares that add to 1 without interactions', () => {
    const width = effectOf(FULL_GRID, 'model.embedding');
    expect(width.levels.map(({ value, n, mean, effect }) => [value, n, mean, effect])).toEqual([
      [8, 2, 102, 10],
      [16, 2, 92, 0],
      [24, 2, 82, -10],
    ]);
    // Student's 97.5 % point of one degree of freedom is 12.7062 (NIST e-Handbook, 1.3.6.7.2); sd/√n is 2.
    expect(width.levels[0]?.interval?.low).toBeCloseTo(102 - 12.7062 * 2, 3);
    const rate = effectOf(FULL_GRID, 'train.learningRate');
    expect(rate.levels.map(({ value, mean }) => [value, mean])).toEqual([
      [1e-4, 94],
      [1e-3, 90],
    ]);
    expect([width.range, rate.range]).toEqual([20, 4]);
    expect((width.varianceShare ?? 0) + (rate.varianceShare ?? 0)).toBeCloseTo(1, 12);
  });

  it('counts replicates as one configuration', () => {
    const [first, ...rest] = FULL_GRID;
    if (first === undefined) throw new Error('the grid has runs');
    const twice = [{ ...first, nll: 99 }, { ...first, seed: 2, nll: 101 }, ...rest];
    const [level] = effectOf(twice, 'model.embedding').levels;
    expect(level).toMatchObject({ n: 2, mean: 102 });
    expect(level?.runIds).toHaveLength(3);
  });

  it('leaves out a run that was stopped and then names no share of variance', () => {
    const runs = FULL_GRID.map((run, at) => (at === 5 ? { ...run, isStopped: true } : run));
    const rate = effectOf(runs, 'train.learningRate');
    expect(rate).toMatchObject({ isBalanced: false, varianceShare: null, reason: null });
    expect(rate.levels.map(({ n }) => n)).toEqual([2, 3]);
  });

  it('says why a key has no effects', () => {
    const single = [8, 16, 24].map((embedding) => ({ embedding, nll: embedding }));
    expect(effectOf(single, 'model.embedding')).toMatchObject({
      reason:
        'fewer than two values of model.embedding occur in two configurations or more: an interval needs that',
      levels: [],
    });
    const together = single.map((run) => ({ ...run, learningRate: run.embedding / 1000 }));
    expect(effectOf(together, 'model.embedding').reason).toBe(
      'it moves together with train.learningRate: their effects cannot be told apart',
    );
    const stopped = single.map((run, at) => ({ ...run, isStopped: at > 0 }));
    expect(effectOf(stopped, 'model.embedding').reason).toBe('only one of its values has a result');
  });
});

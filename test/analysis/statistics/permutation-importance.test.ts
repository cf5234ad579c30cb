import { describe, expect, it } from 'vitest';
import { heldOutForest } from '../../../src/analysis/statistics/held-out-forest.js';
import {
  permutationLosses,
  type FeatureRow,
} from '../../../src/analysis/statistics/permutation-importance.js';
import { Generator } from '../../../src/core/random/generator.js';

/** Three independent columns on [0, 1); y = 3a + b, whatever the third is. */
function additive(count: number): { rows: FeatureRow[]; values: number[] } {
  const generator = Generator.fromSeed(7, 'test');
  const rows = Array.from({ length: count }, () =>
    Array.from({ length: 3 }, () => [generator.uniform()]),
  );
  return { rows, values: rows.map(linear) };
}

function linear(row: FeatureRow): number {
  return 3 * (row[0]?.[0] ?? NaN) + (row[1]?.[0] ?? NaN);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: readonly number[]): number {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 2));
}

describe('permutationLosses', () => {
  it('is 2·b²·var(x)/var(y) for a linear function that is predicted exactly', () => {
    const { rows, values } = additive(50);
    const { rSquared, losses } = permutationLosses(
      (asked) => asked.map(linear),
      { rows, values },
      { repetitions: 400, generator: Generator.fromSeed(1, 'test') },
    );
    expect(rSquared).toBe(1);
    const column = (at: number): number[] => rows.map((row) => row[at]?.[0] ?? NaN);
    const expected = [3, 1].map(
      (slope, at) => (2 * slope ** 2 * variance(column(at))) / variance(values),
    );
    for (const [at, value] of expected.entries()) {
      const found = losses[at] ?? [];
      const error = Math.sqrt(variance(found) / found.length);
      expect(Math.abs(mean(found) - value)).toBeLessThan(4 * error);
      expect(error).toBeLessThan(value / 50);
    }
    expect(losses[2]).toEqual(new Array(400).fill(0));
  });
});

describe('heldOutForest', () => {
  it('predicts what it has not seen, and the same each time', () => {
    const { rows, values } = additive(60);
    const grow = () => heldOutForest(rows, values, Generator.fromSeed(1, 'test'))(rows);
    const predicted = grow();
    const error = mean(values.map((value, at) => (value - (predicted[at] ?? NaN)) ** 2));
    expect(1 - error / variance(values)).toBeGreaterThan(0.8);
    expect(grow()).toEqual(predicted);
  });

  it('learns nothing by heart: values of pure chance are predicted no better than by their mean', () => {
    const { rows } = additive(40);
    const shares = [1, 2, 3, 4, 5, 6].map((seed) => {
      const generator = Generator.fromSeed(seed, 'chance');
      const values = rows.map(() => generator.normal());
      const predicted = heldOutForest(rows, values, Generator.fromSeed(1, 'test'))(rows);
      const error = mean(values.map((value, at) => (value - (predicted[at] ?? NaN)) ** 2));
      return 1 - error / variance(values);
    });
    expect(mean(shares)).toBeLessThan(0);
  });

  it('takes a split that leaves no error', () => {
    const rows = Array.from({ length: 40 }, (_, at): FeatureRow => [[at % 2], [(at >> 1) % 2]]);
    const values = rows.map((row) => 2 * (row[0]?.[0] ?? NaN) + (row[1]?.[0] ?? NaN));
    const predicted = heldOutForest(rows, values, Generator.fromSeed(1, 'test'))(rows);
    expect(predicted).toEqual(values.map((value): unknown => expect.closeTo(value, 1)));
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { varianceShare } from '../../../src/analysis/statistics/variance-share.js';

describe('varianceShare', () => {
  it('equals SS between / SS total of an analysis of variance', () => {
    // By hand: means 2 and 5, all 3.5; between 2 · 3 · 1.5² = 13.5, within 2 + 2, together 17.5.
    expect(
      varianceShare([
        [1, 2, 3],
        [4, 5, 6],
      ]),
    ).toBeCloseTo(13.5 / 17.5, 12);
    // scipy 1.17.1: F = stats.f_oneway(*groups).statistic; F (k − 1) / (F (k − 1) + n − k)
    expect(
      varianceShare([
        [1, 2, 2.5],
        [4, 5.5],
        [0.5, 3, 2, 7],
      ]),
    ).toBeCloseTo(0.28674183514774493, 12);
  });

  it('is 0 for groups of equal means, 1 for groups without spread, nothing without any variance', () => {
    expect(
      varianceShare([
        [1, 3],
        [2, 2],
      ]),
    ).toBe(0);
    expect(varianceShare([[1, 1], [2]])).toBe(1);
    expect(varianceShare([[2, 2], [2]])).toBeNull();
    expect(varianceShare([])).toBeNull();
  });

  it('adds to 1 at most over the keys of a full grid', () => {
    const value = fc.integer({ min: -100, max: 100 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(value, value, value), { minLength: 2, maxLength: 5 }),
        (rows) => {
          const columns = [0, 1, 2].map((at) => rows.map((row) => row[at] ?? 0));
          const shares = [varianceShare(rows), varianceShare(columns)];
          expect((shares[0] ?? 0) + (shares[1] ?? 0)).toBeLessThanOrEqual(1 + 1e-9);
        },
      ),
    );
  });
});

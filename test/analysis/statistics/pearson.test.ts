import { describe, expect, it } from 'vitest';
import { pearson, type Correlation } from '../../../src/analysis/statistics/pearson.js';
import { referenceCurve } from './reference-curves.js';

function correlate(x: readonly number[], y: readonly number[]): Correlation {
  return pearson({ name: 'NLL', values: x }, { name: 'top-1', values: y }, 'epochs');
}

function correlateCurve(run: string): Correlation {
  const { nll, top1 } = referenceCurve(run);
  return correlate(nll, top1);
}

describe('pearson', () => {
  it('gives the two coefficients that follow from the curves the reference study printed', () => {
    expect(correlateCurve('5m').r?.toFixed(3)).toBe('-0.998');
    expect(correlateCurve('over-10m').r?.toFixed(4)).toBe('-0.9999');
  });

  // scipy 1.17.1: p = stats.pearsonr(x, y).pvalue; numpy 1.24.2: r = corrcoef(x, y)[0, 1]; tanh(arctanh(r) ∓ 1.959963984540054 / sqrt(n - 3))
  it.each([
    [
      'under-100k',
      15,
      -0.8849373316281269,
      -0.9613847474848392,
      -0.6817056380886244,
      1.1681400891806226e-5,
    ],
    [
      '500k',
      36,
      -0.9651061487243848,
      -0.9822105575299229,
      -0.9321191706815588,
      2.3006067448558908e-21,
    ],
    [
      '5m',
      31,
      -0.9982436024846838,
      -0.999162280761511,
      -0.9963193176818856,
      3.7509828369373516e-37,
    ],
    [
      'over-10m',
      14,
      -0.9999458728688806,
      -0.9999833991886534,
      -0.9998235253685456,
      3.6302094082974132e-25,
    ],
  ])('equals numpy and scipy on the printed curve of %s', (run, n, r, low, high, p) => {
    const found = correlateCurve(run);
    expect(found.n).toBe(n);
    expect(found.r).toBeCloseTo(r, 12);
    expect(found.interval?.low).toBeCloseTo(low, 12);
    expect(found.interval?.high).toBeCloseTo(high, 12);
    expect((found.p ?? 0) / p).toBeCloseTo(1, 6);
    expect(found.reason).toBeNull();
  });

  it('equals numpy on six epochs', () => {
    // numpy 1.24.2, as above.
    const found = correlate(
      [120.5, 101.25, 97.0, 96.5, 95.75, 96.0],
      [0.71, 0.78, 0.795, 0.8, 0.806, 0.801],
    );
    expect(found.r).toBeCloseTo(-0.9981868918468884, 12);
    expect(found.interval?.low).toBeCloseTo(-0.9998112470571304, 12);
    expect(found.interval?.high).toBeCloseTo(-0.9827046833441264, 12);
  });

  it('names the reason instead of giving NaN', () => {
    const none = { r: null, interval: null, p: null };
    expect(correlate([], [])).toEqual({
      n: 0,
      ...none,
      reason: 'too few epochs: 0, at least 3 are needed',
    });
    expect(correlate([1, 2], [3, 4])).toEqual({
      n: 2,
      ...none,
      reason: 'too few epochs: 2, at least 3 are needed',
    });
    expect(correlate([0.1, 0.1, 0.1], [1, 2, 3])).toEqual({
      n: 3,
      ...none,
      reason: 'NLL is constant',
    });
    expect(correlate([1, 2, 3], [0.7, 0.7, 0.7])).toEqual({
      n: 3,
      ...none,
      reason: 'top-1 is constant',
    });
    expect(correlate([1, NaN, 3], [1, 2, 3])).toEqual({
      n: 3,
      ...none,
      reason: 'NLL is not always finite',
    });
  });

  it('gives r without an interval for three epochs and for a perfect line', () => {
    const three = correlate([1, 2, 4], [3, 2, 1]);
    expect(three.r).toBeCloseTo(-0.9819805060619657, 12); // numpy 1.24.2
    expect(three.interval).toBeNull();
    expect(three.reason).toBe('too few epochs for an interval: 3');

    const line = correlate([1, 2, 3, 4], [4, 3, 2, 1]);
    expect(line.r).toBeCloseTo(-1, 12);
    expect(line.r).toBeGreaterThanOrEqual(-1);
  });

  it('refuses columns of different length', () => {
    expect(() => correlate([1, 2, 3], [1, 2])).toThrow('columns of different length: 3 and 2');
  });
});

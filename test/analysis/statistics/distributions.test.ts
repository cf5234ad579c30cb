import { describe, expect, it } from 'vitest';
import { normalP, student975, studentP } from '../../../src/analysis/statistics/distributions.js';
import { smallestSignificantR } from '../../../src/analysis/statistics/smallest-significant-r.js';

// scipy 1.17.1: 2 * stats.t.cdf(-abs(t), df), stats.t.ppf(0.975, df), 2 * stats.norm.cdf(-abs(z))
describe('distributions', () => {
  it.each([
    [2.5, 7, 0.04099221858575289],
    [-0.3, 1, 0.8144528418445154],
    [12, 40, 7.82417130425598e-15],
    [4.2, 2.7, 0.030226502928487404],
  ])('give the p of t = %d with %d degrees of freedom as scipy does', (t, df, p) => {
    expect(studentP(t, df) / p).toBeCloseTo(1, 7);
  });

  it.each([
    [1, 12.706204736174694],
    [2, 4.302652729749462],
    [7.3, 2.345066736547703],
    [28, 2.0484071417952454],
  ])('give the 97.5%% point with %d degrees of freedom as scipy does', (df, t) => {
    expect(student975(df)).toBeCloseTo(t, 6);
  });

  it('give the p of a normal value as scipy does', () => {
    expect(normalP(-1.7)).toBeCloseTo(0.08913092551708608, 7);
  });

  // numpy 2.4.6 with scipy's t: t / sqrt(n - 2 + t²); n = 4 also stands in any table of critical values of r
  it.each([
    [3, 0.996917333733128],
    [4, 0.95],
    [10, 0.6318968647198338],
    [30, 0.3610069077332332],
  ])('give the smallest significant r of %d pairs', (n, r) => {
    expect(smallestSignificantR(n)).toBeCloseTo(r, 7);
  });
});

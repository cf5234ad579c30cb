import { describe, expect, it } from 'vitest';
import { fitPowerLaw } from '../../../src/analysis/statistics/power-law.js';

describe('fitPowerLaw', () => {
  it('equals scipy on five sizes', () => {
    // scipy 1.17.1: linregress(log(x), log(y)), slope ∓ t.ppf(0.975, 3) * stderr
    const law = fitPowerLaw([1e4, 3e4, 1e5, 3e5, 1e6], [120, 108, 101, 93, 90]);
    expect(law?.exponent).toBeCloseTo(-0.06282017220452463, 12);
    expect(law?.factor).toBeCloseTo(209.6313972326848, 8);
    expect(law?.interval.low).toBeCloseTo(-0.08326785012245455, 8);
    expect(law?.interval.high).toBeCloseTo(-0.04237249428659471, 8);
    expect(law?.rSquared).toBeCloseTo(0.9695723064499709, 12);
  });

  it('has an interval that contains 0 for the three sizes of the study that trained', () => {
    // scipy 1.17.1, as above with t.ppf(0.975, 1)
    const law = fitPowerLaw([87289, 556919, 5097821], [98.32, 90.95, 89.47]);
    expect(law?.exponent).toBeCloseTo(-0.022683673472663205, 12);
    expect(law?.interval.low).toBeCloseTo(-0.14839356897961437, 7);
    expect(law?.interval.high).toBeCloseTo(0.10302622203428796, 7);
  });

  it('fits nothing to two sizes or to values that have no logarithm', () => {
    expect(fitPowerLaw([1, 2, 2], [3, 4, 5])).toBeNull();
    expect(fitPowerLaw([1, 2, 3], [3, 0, 5])).toBeNull();
  });
});

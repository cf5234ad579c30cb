import { describe, expect, it } from 'vitest';
import { pairedBootstrap, pairedRatio } from '../../../src/analysis/statistics/paired-bootstrap.js';

const index = Array.from({ length: 200 }, (_, i) => i);
const one = index.map((i) => 90 + 10 * Math.sin(i));
const other = index.map((i) => (one[i] ?? 0) + 0.5 + 2 * Math.cos(1.7 * i));

describe('pairedBootstrap', () => {
  it('agrees with scipy within the noise of resampling, and is the same each time', () => {
    // scipy 1.17.1: stats.bootstrap(((b - a),), np.mean, n_resamples=20000, method='percentile', random_state=1)
    const [found] = pairedBootstrap(one, [other]);
    expect(found?.difference).toBeCloseTo(0.5040580761414059, 10);
    expect(Math.abs((found?.interval.low ?? 0) - 0.3083144464894557)).toBeLessThan(0.02);
    expect(Math.abs((found?.interval.high ?? 0) - 0.697575773506763)).toBeLessThan(0.02);
    expect(pairedBootstrap(one, [other])[0]).toEqual(found);
  });

  it('has no width for a model that differs by the same on each text', () => {
    const [found] = pairedBootstrap([1, 2, 4], [[2, 3, 5]]);
    expect(found).toEqual({ n: 3, difference: 1, interval: { low: 1, high: 1, level: 0.95 } });
  });
});

describe('pairedRatio', () => {
  it('agrees with scipy within the noise of resampling', () => {
    // scipy 1.17.1: stats.bootstrap((b, a), mean(b) / mean(a), paired=True, n_resamples=20000, method='percentile', random_state=1)
    const { low, high } = pairedRatio(one, other);
    expect(Math.abs(low - 1.00343015900663)).toBeLessThan(0.0003);
    expect(Math.abs(high - 1.0077567974110382)).toBeLessThan(0.0003);
  });
});

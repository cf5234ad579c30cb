import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { pearson, type Correlation } from '../../../src/analysis/statistics/pearson.js';

const curvesSchema = z.object({
  runs: z.record(z.string(), z.array(z.object({ nll: z.number(), rec: z.number() }))),
});
const curves = curvesSchema.parse(
  JSON.parse(
    readFileSync(new URL('../../fixtures/analysis/reference-curves.json', import.meta.url), 'utf8'),
  ),
);

function correlate(x: readonly number[], y: readonly number[]): Correlation {
  return pearson({ name: 'NLL', values: x }, { name: 'top-1', values: y }, 'epochs');
}

function correlateCurve(run: string): Correlation {
  const rows = curves.runs[run] ?? [];
  return correlate(
    rows.map((row) => row.nll),
    rows.map((row) => row.rec),
  );
}

describe('pearson', () => {
  it('gives the two coefficients that follow from the curves the reference study printed', () => {
    expect(correlateCurve('5m').r?.toFixed(3)).toBe('-0.998');
    expect(correlateCurve('over-10m').r?.toFixed(4)).toBe('-0.9999');
  });

  // numpy 1.24.2: r = corrcoef(x, y)[0, 1]; tanh(arctanh(r) ∓ 1.959963984540054 / sqrt(n - 3))
  it.each([
    ['under-100k', 15, -0.8849373316281269, -0.9613847474848392, -0.6817056380886244],
    ['500k', 36, -0.9651061487243848, -0.9822105575299229, -0.9321191706815588],
    ['5m', 31, -0.9982436024846838, -0.999162280761511, -0.9963193176818856],
    ['over-10m', 14, -0.9999458728688806, -0.9999833991886534, -0.9998235253685456],
  ])('equals numpy on the printed curve of %s', (run, n, r, low, high) => {
    const found = correlateCurve(run);
    expect(found.n).toBe(n);
    expect(found.r).toBeCloseTo(r, 12);
    expect(found.interval?.low).toBeCloseTo(low, 12);
    expect(found.interval?.high).toBeCloseTo(high, 12);
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
    const none = { r: null, interval: null };
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

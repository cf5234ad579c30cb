import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holm } from '../../../src/analysis/statistics/holm.js';

describe('holm', () => {
  it('equals R on the example of its documentation of p.adjust', () => {
    // R: p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm") is 0.05 0.08 0.09 0.09 0.09
    const corrected = holm([0.01, 0.02, 0.03, 0.04, 0.05]);
    for (const [index, p] of [0.05, 0.08, 0.09, 0.09, 0.09].entries())
      expect(corrected[index]).toBeCloseTo(p, 12);
  });

  it('leaves out tests without a p and keeps the order', () => {
    expect(holm([0.5, null, 0.01])).toEqual([0.5, null, 0.02]);
    expect(holm([])).toEqual([]);
  });

  it('never lowers a p, never exceeds 1, and keeps which is smaller', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (values) => {
        const corrected = holm(values).map((p) => p ?? NaN);
        for (const [index, p] of values.entries()) {
          expect(corrected[index]).toBeGreaterThanOrEqual(p);
          expect(corrected[index]).toBeLessThanOrEqual(1);
          for (const [other, q] of values.entries())
            if (p < q) expect(corrected[index]).toBeLessThanOrEqual(corrected[other] ?? NaN);
        }
      }),
    );
  });
});

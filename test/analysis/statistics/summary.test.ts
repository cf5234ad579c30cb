import { describe, expect, it } from 'vitest';
import { summarize } from '../../../src/analysis/statistics/summary.js';

describe('summarize', () => {
  it('equals numpy', () => {
    // numpy 1.24.2: mean(v), std(v, ddof=1)
    const found = summarize([95.5, 96.25, 94.75, 97.0]);
    expect(found?.n).toBe(4);
    expect(found?.mean).toBeCloseTo(95.875, 12);
    expect(found?.sd).toBeCloseTo(0.9682458365518543, 12);
    // scipy 1.17.1: stats.t.interval(0.95, 3, loc=mean, scale=sd / 2)
    expect(found?.interval?.low).toBeCloseTo(94.3343048074296, 7);
    expect(found?.interval?.high).toBeCloseTo(97.4156951925704, 7);
  });

  it('has no spread for one value and nothing for none', () => {
    expect(summarize([95.5])).toEqual({ n: 1, mean: 95.5, sd: null, interval: null });
    expect(summarize([])).toBeNull();
  });
});

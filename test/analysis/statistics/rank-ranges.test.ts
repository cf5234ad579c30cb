import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankRanges } from '../../../src/analysis/statistics/rank-ranges.js';

const texts = Array.from({ length: 200 }, (_, index) => 90 + 10 * Math.sin(index));

describe('rankRanges', () => {
  it('gives one place to models that differ on every text, and shares the places of those that do not', () => {
    const worse = texts.map((nll) => nll + 1);
    const noisy = texts.map((nll, index) => nll + 3 * Math.sin(2.3 * index));
    const worst = texts.map((nll) => nll + 9);
    expect(rankRanges([worst, texts, worse, noisy])).toEqual([
      { best: 4, worst: 4 },
      { best: 1, worst: 2 },
      { best: 3, worst: 3 },
      { best: 1, worst: 2 },
    ]);
  });

  it('leaves all places open to equal models', () => {
    expect(rankRanges([texts, texts, texts])).toEqual(Array(3).fill({ best: 1, worst: 3 }));
  });

  it('never has an empty range, and puts the lowest mean into the first place', () => {
    const column = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), {
      minLength: 5,
      maxLength: 5,
    });
    fc.assert(
      fc.property(fc.array(column, { minLength: 1, maxLength: 4 }), (scores) => {
        const ranges = rankRanges(scores);
        for (const { best, worst } of ranges) expect(best).toBeLessThanOrEqual(worst);
        const means = scores.map((one) => one.reduce((sum, value) => sum + value, 0));
        expect(ranges[means.indexOf(Math.min(...means))]?.best).toBe(1);
      }),
      { numRuns: 20 },
    );
  });
});

import { describe, expect, it } from 'vitest';
import { midRanks, spearman } from '../../../src/analysis/statistics/spearman.js';

describe('spearman', () => {
  it('equals scipy, also where values are equal', () => {
    // scipy 1.17.1: stats.spearmanr
    const found = spearman(
      { name: 'x', values: [1, 2, 2, 3, 5, 5, 5] },
      { name: 'y', values: [7, 6, 6.5, 6.5, 3, 2, 1] },
      'pairs',
    );
    expect(found.rho).toBeCloseTo(-0.8779838352573822, 12);
    expect(found.p).toBeCloseTo(0.009343339883216204, 8);
  });

  it('gives equal values their mean rank', () => {
    // scipy 1.17.1: stats.rankdata
    expect(midRanks([3, 1, 1, 2, 2, 2, 9])).toEqual([6, 1.5, 1.5, 4, 4, 4, 7]);
    expect(midRanks([])).toEqual([]);
  });

  it('gives nothing for a constant column or one that is not finite', () => {
    const y = { name: 'y', values: [1, 2, 3] };
    expect(spearman({ name: 'x', values: [2, 2, 2] }, y, 'pairs')).toEqual({ rho: null, p: null });
    expect(spearman({ name: 'x', values: [2, NaN, 1] }, y, 'pairs')).toEqual({
      rho: null,
      p: null,
    });
  });
});

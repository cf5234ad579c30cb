import { describe, expect, it } from 'vitest';
import { pooledCorrelation } from '../../../src/analysis/statistics/pooled-correlation.js';
import { REFERENCE_CURVES, referenceCurve } from './reference-curves.js';

const runs = Object.keys(REFERENCE_CURVES).map((run) => {
  const { nll, top1 } = referenceCurve(run);
  return { x: nll, y: top1 };
});

describe('pooledCorrelation', () => {
  it('equals the analysis of covariance of Bland and Altman on the printed curves', () => {
    // numpy 2.4.6: least squares of top-1 on a dummy for each run, with and without NLL; r² is the share of the
    // residual sum that NLL takes away; scipy 1.17.1: p is stats.f.sf(F, 1, 91)
    const { within, overall, runs: used } = pooledCorrelation(runs);
    expect(used).toBe(4);
    expect(within?.r).toBeCloseTo(-0.9086715507097409, 10);
    expect(within?.df).toBe(91);
    expect((within?.p ?? 0) / 2.771311047177801e-36).toBeCloseTo(1, 6);
    expect(within?.interval?.low).toBeCloseTo(-0.938634842169143, 10);
    expect(within?.interval?.high).toBeCloseTo(-0.8650959163876303, 10);
    expect(overall.r).toBeCloseTo(-0.9739247998496312, 10);
    expect(overall.n).toBe(96);
  });

  it('does not take a difference between runs for a correlation within them', () => {
    const { within, overall } = pooledCorrelation([
      { x: [1, 2, 3], y: [11, 12, 13] },
      { x: [11, 12, 13], y: [1, 2, 3.5] },
    ]);
    expect(overall.r).toBeLessThan(-0.9);
    expect(within?.r).toBeGreaterThan(0.9);
  });

  it('has no correlation within runs that have one epoch', () => {
    const { within, runs: used } = pooledCorrelation([
      { x: [1], y: [2] },
      { x: [3], y: [1] },
    ]);
    expect(within).toBeNull();
    expect(used).toBe(0);
  });
});

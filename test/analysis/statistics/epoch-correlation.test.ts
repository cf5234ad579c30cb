import { describe, expect, it } from 'vitest';
import {
  correlateEpochs,
  type EpochCorrelation,
} from '../../../src/analysis/statistics/epoch-correlation.js';
import { referenceCurve } from './reference-curves.js';

function correlate(nll: readonly number[], top1: readonly number[]): EpochCorrelation {
  return correlateEpochs({ name: 'NLL', values: nll }, { name: 'top-1', values: top1 });
}

function correlateCurve(run: string): EpochCorrelation {
  const { nll, top1 } = referenceCurve(run);
  return correlate(nll, top1);
}

describe('correlateEpochs', () => {
  // scipy 1.17.1: stats.spearmanr; numpy 2.4.6: n (1 - ax ay)/(1 + ax ay) with a = sum(d[:-1] d[1:])/sum(d²); pearsonr
  // of the epochs from ceil(n/10) on
  it.each([
    ['under-100k', -0.9178571428571428, 15, -0.9472274658778234],
    ['500k', -0.8288288288288289, 6.457347438565475, -0.9047633795274226],
    ['5m', -0.992741935483871, 3.087000291878306, -0.9992705852852064],
    ['over-10m', -0.9340659340659341, 13.950256983421012, -0.9849494399360015],
  ])('equals scipy and numpy on the printed curve of %s', (run, rho, worth, later) => {
    const found = correlateCurve(run);
    expect(found.spearman.rho).toBeCloseTo(rho, 12);
    expect(found.effective?.n).toBeCloseTo(worth, 10);
    expect(found.withoutEarly?.r).toBeCloseTo(later, 12);
  });

  it('says what many epochs that resemble each other are worth, and widens the interval', () => {
    const { cautions, interval, effective } = correlateCurve('500k');
    expect(cautions).toEqual([
      'each epoch resembles the one before: 36 epochs are worth 6.5 independent ones',
    ]);
    expect(effective?.interval?.high).toBeGreaterThan(interval?.high ?? 1);
    expect(correlateCurve('5m').effective?.interval?.high).toBeGreaterThan(0);
  });

  it('says when r stands on few epochs or on the first ones', () => {
    const nll = [200, 99, 101, 100, 99, 101, 100, 102, 98, 100, 99, 101];
    const top1 = [0.1, 0.5, 0.5, 0.51, 0.49, 0.5, 0.5, 0.51, 0.49, 0.5, 0.5, 0.51];
    // numpy 2.4.6: corrcoef of all twelve, and of the last ten
    expect(correlate(nll, top1).cautions).toEqual([
      'the first 2 epochs drive r: −0.996 with, 0.742 without',
    ]);
    expect(correlate(nll.slice(1, 6), top1.slice(1, 6)).cautions).toContain(
      'r stands on 5 epochs only',
    );
  });

  it('has no parts that cannot be computed', () => {
    expect(correlate([1, 1, 1, 1], [1, 2, 3, 4])).toEqual({
      n: 4,
      r: null,
      interval: null,
      p: null,
      pHolm: null,
      reason: 'NLL is constant',
      spearman: { rho: null, p: null },
      effective: null,
      withoutEarly: null,
      cautions: [],
    });
  });
});

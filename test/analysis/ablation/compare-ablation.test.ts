import { describe, expect, it } from 'vitest';
import {
  compareAblations,
  type Ablation,
  type AblationMeasure,
} from '../../../src/analysis/ablation/compare-ablation.js';
import { findFullRuns } from '../../../src/analysis/ablation/find-full-runs.js';
import { loadSweep } from '../../../src/analysis/loaded-sweep.js';
import { inRecordedSweep } from '../../core/store/example-runs.js';
import { sizedRun, type SizedRun } from './example-ablation.js';

function ablationsOf(runs: readonly SizedRun[]): Ablation[] {
  return inRecordedSweep('sizes', runs.map(sizedRun), (db) => {
    const pairs = findFullRuns(db, [loadSweep(db, 'sizes')]).get('sizes') ?? [];
    return compareAblations(db, pairs);
  });
}

function measureOf(ablation: Ablation | undefined, name: string): AblationMeasure | undefined {
  return ablation?.measures.find(({ measure }) => measure === name);
}

describe('compareAblations', () => {
  it('takes the interval of a single pair from the texts that both were scored on', () => {
    const index = Array.from({ length: 200 }, (_, i) => i);
    const full = index.map((i) => 90 + 10 * Math.sin(i));
    const few = index.map((i) => (full[i] ?? 0) + 0.5 + 2 * Math.cos(1.7 * i));
    const [ablation] = ablationsOf([
      { limit: null, texts: 8664, nll: 90, perText: full },
      { limit: 1000, texts: 1000, nll: 90.5, perText: few },
    ]);
    const nll = measureOf(ablation, 'test.nll');
    expect(nll).toMatchObject({ full: 90, ablated: 90.5, basis: 'texts' });
    expect(nll?.difference.value).toBe(0.5);
    // scipy, as in paired-bootstrap.test.ts
    expect(nll?.difference.interval?.low).toBeCloseTo(0.308, 1);
    expect(nll?.ratio?.interval?.high).toBeCloseTo(1.0078, 3);
    expect(measureOf(ablation, 'texts.train')).toMatchObject({
      difference: { value: -7664, interval: null },
      basis: null,
    });
    expect(measureOf(ablation, 'bestEpoch')).toMatchObject({ full: 2, ablated: 2, ratio: null });
  });

  it('takes the interval of the one pair that both scores are there of from the texts of that pair', () => {
    const textsOf = (nll: number): number[] =>
      Array.from({ length: 200 }, (_, i) => nll + Math.sin(i * nll));
    const run = (seed: number, limit: number | null, nll: number): SizedRun => ({
      ...{ seed, limit, texts: limit ?? 8664, nll, perText: textsOf(nll) },
    });
    const runs = [run(1, null, 90), run(1, 1000, 95), run(2, null, 91), run(2, 1000, 121)];
    const nll = inRecordedSweep('sizes', runs.map(sizedRun), (db) => {
      const found = findFullRuns(db, [loadSweep(db, 'sizes')]).get('sizes') ?? [];
      const pairs = found.map((pair) =>
        pair.ablated.testNll === 95
          ? { ...pair, ablated: { ...pair.ablated, testNll: null } }
          : pair,
      );
      return measureOf(compareAblations(db, pairs)[0], 'test.nll');
    });
    expect(nll).toMatchObject({ full: 91, ablated: 121, basis: 'texts' });
    expect(nll?.difference.value).toBe(30);
    expect(nll?.difference.interval?.low).toBeGreaterThan(29);
    expect(nll?.difference.interval?.high).toBeLessThan(31);
  });

  it('takes the intervals of several seeds from the seeds', () => {
    const seeds = [
      { seed: 1, full: 90, few: 100 },
      { seed: 2, full: 91, few: 102 },
      { seed: 3, full: 89.5, few: 99 },
    ];
    const ablations = ablationsOf(
      seeds.flatMap(({ seed, full, few }) => [
        { seed, limit: null, texts: 8664, nll: full },
        { seed, limit: 1000, texts: 1000, nll: few },
      ]),
    );
    expect(ablations).toHaveLength(1);
    // scipy 1.17.1: stats.t.interval(0.95, 2, d.mean(), stats.sem(d)) of d and of the logarithms of the ratios
    const nll = measureOf(ablations[0], 'test.nll');
    expect(nll?.basis).toBe('seeds');
    expect(nll?.difference.value).toBeCloseTo(10.166666666666666, 10);
    expect(nll?.difference.interval?.low).toBeCloseTo(8.269375149868287, 8);
    expect(nll?.difference.interval?.high).toBeCloseTo(12.063958183465045, 8);
    expect(nll?.ratio?.value).toBeCloseTo(1.112695016871175, 10);
    expect(nll?.ratio?.interval?.low).toBeCloseTo(1.09424714, 7);
    expect(nll?.ratio?.interval?.high).toBeCloseTo(1.1314539, 7);
  });
});

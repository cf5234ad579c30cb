import { describe, expect, it } from 'vitest';
import { correlateConfigurations } from '../../src/analysis/correlations.js';
import { listRuns } from '../../src/core/store/run-queries.js';
import type { RunRow } from '../../src/core/store/run-row.js';
import { epoch, exampleRunWith, inRecordedSweep, started } from '../core/store/example-runs.js';

const OBJECTIVE = { metric: 'val.nll', goal: 'minimize', isDefault: true } as const;

/** A run of this width that ends with a validation NLL; none for null. */
interface Case {
  readonly embedding: number;
  readonly parameters: number;
  readonly nll: number | null;
  readonly seed?: number;
  readonly learningRate?: number;
  readonly isStopped?: boolean;
}

const COMPLETED = { type: 'completed', reason: 'max-epochs', seconds: 1 } as const;
const STOPPED = { type: 'stopped', reason: 'asked' } as const;

function recordCases(cases: readonly Case[]): RunRow[] {
  const runs = cases.map(({ parameters, nll, isStopped, ...fields }) => ({
    file: { ...exampleRunWith(fields), parameters },
    events:
      nll === null ? [] : [started(), epoch(0, nll), isStopped === true ? STOPPED : COMPLETED],
  }));
  return inRecordedSweep('sizes', runs, (db) => listRuns(db, { sweep: 'sizes' }));
}

describe('correlateConfigurations', () => {
  it('correlates NLL with the logarithm of the parameters and fits a power law', () => {
    const { between, powerLaws } = correlateConfigurations(
      recordCases([
        { embedding: 8, parameters: 10_000, nll: 120 },
        { embedding: 16, parameters: 100_000, nll: 101 },
        { embedding: 32, parameters: 1_000_000, nll: 90 },
        { embedding: 64, parameters: 10_000_000, nll: 88 },
      ]),
      OBJECTIVE,
    );
    // scipy 1.17.1: pearsonr(log(parameters), nll); linregress(log, log)
    expect(between[0]).toMatchObject({ x: 'parameters', xScale: 'log', y: 'val.nll', n: 4 });
    expect(between[0]?.r).toBeCloseTo(-0.9422650969814867, 10);
    expect(between.map(({ x, xScale }) => [x, xScale])).toEqual([
      ['parameters', 'log'],
      ['model.embedding', 'log'],
    ]);
    expect(between[0]?.pHolm).toBeCloseTo(2 * (between[0]?.p ?? 0), 12);
    expect(powerLaws).toHaveLength(1);
    expect(powerLaws[0]?.exponent).toBeCloseTo(-0.04541745860356857, 10);
  });

  it('counts replicates as one point, by their mean', () => {
    const { between } = correlateConfigurations(
      recordCases([
        { embedding: 8, parameters: 10_000, nll: 120 },
        { embedding: 8, parameters: 10_000, nll: 124, seed: 2 },
        { embedding: 16, parameters: 100_000, nll: 101 },
        { embedding: 32, parameters: 1_000_000, nll: 97 },
      ]),
      OBJECTIVE,
    );
    expect(between[0]).toMatchObject({ n: 3, reason: 'too few configurations for an interval: 3' });
    expect(between[0]?.r).toBeCloseTo(-0.9308335063994311, 10); // numpy: corrcoef of 4, 5, 6 and 122, 101, 97
  });

  it('leaves out a run that was stopped, as the ranking does', () => {
    const ended = [
      { embedding: 8, parameters: 10_000, nll: 120 },
      { embedding: 16, parameters: 100_000, nll: 101 },
      { embedding: 32, parameters: 1_000_000, nll: 97 },
    ];
    const stopped = { embedding: 64, parameters: 10_000_000, nll: 170, isStopped: true };
    const found = correlateConfigurations(recordCases([...ended, stopped]), OBJECTIVE);
    expect(found).toEqual(correlateConfigurations(recordCases(ended), OBJECTIVE));
  });

  it('names a key that is constant among the runs that have a score', () => {
    const { between } = correlateConfigurations(
      recordCases([
        { embedding: 8, parameters: 10_000, nll: 120 },
        { embedding: 16, parameters: 100_000, nll: 101 },
        { embedding: 32, parameters: 1_000_000, nll: 97 },
        { embedding: 32, parameters: 1_000_000, nll: null, learningRate: 1e-2 },
      ]),
      OBJECTIVE,
    );
    expect(between.find(({ x }) => x === 'train.learningRate')).toMatchObject({
      r: null,
      reason: 'train.learningRate is constant',
    });
  });
});

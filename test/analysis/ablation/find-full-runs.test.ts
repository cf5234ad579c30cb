import { describe, expect, it } from 'vitest';
import { findFullRuns } from '../../../src/analysis/ablation/find-full-runs.js';
import { loadSweep } from '../../../src/analysis/loaded-sweep.js';
import { inRecordedSweeps } from '../../core/store/example-runs.js';
import { sizedRun } from './example-ablation.js';

const FULL = sizedRun({ limit: null, texts: 8664, nll: 90 });
const OTHER_MODEL = sizedRun({ limit: null, embedding: 12, texts: 8664, nll: 95 });
const OTHER_SEED = sizedRun({ limit: null, seed: 2, texts: 8664, nll: 91 });
const HALF = sizedRun({ limit: 4000, texts: 4000, nll: 93 });
const FEW = sizedRun({ limit: 1000, texts: 1000, nll: 100 });

type Sweeps = Parameters<typeof inRecordedSweeps>[0];

/** Ids of each sweep's pairs, ablated run before full run, when these sweeps are reported. */
function pairsOf(sweeps: Sweeps, reported: readonly string[]): Record<string, string[][]> {
  return inRecordedSweeps(sweeps, (db) => {
    const found = findFullRuns(
      db,
      reported.map((name) => loadSweep(db, name)),
    );
    return Object.fromEntries(
      [...found].map(([name, pairs]) => [
        name,
        pairs.map(({ ablated, full }) => [ablated.id, full.id]),
      ]),
    );
  });
}

describe('findFullRuns', () => {
  const STUDY = { q2: [OTHER_MODEL, FULL, OTHER_SEED], q3: [FEW] };

  it('finds the run that differs by the number of texts only', () => {
    const pair = [FEW.file.id, FULL.file.id];
    expect(pairsOf(STUDY, ['q2', 'q3'])).toEqual({ q3: [pair] });
    // What is sampled changes nothing of the training.
    const { config } = FEW.file;
    if (config.kind !== 'train') throw new Error('the example run trains');
    const file = { ...FEW.file, config: { ...config, sample: { ...config.sample, count: 3 } } };
    expect(pairsOf({ ...STUDY, q3: [{ ...FEW, file }] }, ['q2', 'q3'])).toEqual({ q3: [pair] });
  });

  it('takes the full run from the database when its sweep is not reported', () => {
    expect(pairsOf(STUDY, ['q3'])).toEqual({ q3: [[FEW.file.id, FULL.file.id]] });
    expect(pairsOf({ q2: [OTHER_MODEL, OTHER_SEED], q3: [FEW] }, ['q3'])).toEqual({});
  });

  it('takes the run of the most texts, of the reported sweeps where they have one', () => {
    const sizes = { q2: [FULL], sizes: [HALF, FEW] };
    expect(pairsOf(sizes, ['q2', 'sizes'])).toEqual({
      sizes: [
        [HALF.file.id, FULL.file.id],
        [FEW.file.id, FULL.file.id],
      ],
    });
    expect(pairsOf(sizes, ['sizes'])).toEqual({ sizes: [[FEW.file.id, HALF.file.id]] });
  });

  it('takes no run for an ablation whose limit takes no text away', () => {
    const all = sizedRun({ limit: 10_000, texts: 8664, nll: 90 });
    expect(pairsOf({ q2: [FULL, all] }, ['q2'])).toEqual({});
  });
});

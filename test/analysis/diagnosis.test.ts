import { describe, expect, it } from 'vitest';
import { diagnose, type Diagnosis } from '../../src/analysis/diagnosis.js';
import { referenceCurve } from './statistics/reference-curves.js';

function course(
  val: readonly number[],
  train = val,
  unigramNll: number | null = null,
): Diagnosis | null {
  const epochs = val.map((valNll, epoch) => ({ epoch, valNll, trainNll: train[epoch] ?? valNll }));
  return diagnose({ epochs, divergedAt: null, unigramNll });
}

describe('diagnose', () => {
  it('says that a run diverged, and when', () => {
    expect(diagnose({ epochs: [], divergedAt: 3, unigramNll: null })).toEqual({
      verdict: 'diverged',
      epoch: 3,
      text: 'diverged at epoch 3',
    });
  });

  it('says from which epoch on a run over-fits, with the gaps', () => {
    const found = course([120, 100, 98, 99, 101, 104, 108], [125, 103, 97, 92, 88, 84, 80]);
    expect(found).toMatchObject({ verdict: 'over-fitting', epoch: 3 });
    expect(found?.text).toBe(
      'over-fitting from epoch 3: since then validation NLL rose from 98.00 to 108.00 while training NLL fell from 97.00 to 80.00; the gap went from +1.00 to +28.00',
    );
  });

  it('tells still improving from converged', () => {
    expect(course([120, 110, 104, 100, 97, 94])).toMatchObject({ verdict: 'still-improving' });
    expect(course([120, 100, 95, 94.1, 94.05, 94.04, 94.03])).toMatchObject({
      verdict: 'converged',
    });
  });

  it('says that a run which is no better than counting characters never learned', () => {
    const { nll } = referenceCurve('over-10m');
    expect(course(nll, nll, 160)?.verdict).toBe('never-learned');
    expect(course(nll, nll, 250)?.verdict).not.toBe('never-learned');
  });

  it('judges neither a run without epochs nor one of few', () => {
    expect(course([])).toBeNull();
    expect(course([120, 110])?.text).toBe('too short to judge: 2 epochs, at least 5 are needed');
  });
});

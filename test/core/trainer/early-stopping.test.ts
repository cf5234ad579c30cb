import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  afterEpoch,
  NOTHING_YET,
  patienceIsOver,
} from '../../../src/core/trainer/early-stopping.js';

/** Epochs that are trained when the validation NLL takes these values. */
function epochsTrained(nlls: readonly number[], patience: number): number {
  let best: { bestEpoch: number; bestNll: number } = NOTHING_YET;
  for (const [epoch, nll] of nlls.entries()) {
    if (patienceIsOver(best, epoch, patience)) return epoch;
    best = afterEpoch(best, epoch, nll);
  }
  return nlls.length;
}

test('training goes on for exactly patience epochs without improvement and stops at the next', () => {
  // best at epoch 1; with patience 2 epochs 2 and 3 are allowed to be worse, epoch 4 is one more than allowed
  expect(epochsTrained([5, 4, 6, 6, 6, 6, 6], 2)).toBe(5);
});

test('an equal NLL is no improvement', () => {
  expect(epochsTrained([5, 5, 5, 5], 1)).toBe(3);
});

test('with patience 0 the first epoch that is not better is the last', () => {
  expect(epochsTrained([5, 4, 4, 3], 0)).toBe(3);
});

test('the best epoch is the first one with the lowest NLL', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1 }), (nlls) => {
      let best: { bestEpoch: number; bestNll: number } = NOTHING_YET;
      for (const [epoch, nll] of nlls.entries()) best = afterEpoch(best, epoch, nll);
      expect(best.bestEpoch).toBe(nlls.indexOf(Math.min(...nlls)));
    }),
  );
});

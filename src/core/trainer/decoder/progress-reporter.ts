import type { TrainerContext } from '../trainer.js';
import type { ScoreSum } from './mean-scores.js';

/** Time between two signs of life. */
const PROGRESS_MS = 2_000;

/** What is worked on, batch by batch. */
export interface Work {
  readonly epoch: number;
  readonly split: 'train' | 'val' | 'test';
  /** Number of batches. */
  readonly steps: number;
}

/**
 * Reports how far a pass over a split is, every few seconds.
 *
 * @returns to be called now and then with the batches done and the scores so far
 */
export function createProgressReporter(
  { epoch, split, steps }: Work,
  report: TrainerContext['report'],
): (step: number, scores: ScoreSum) => void {
  const begin = performance.now();
  const isFirst = epoch === 0 && split === 'train';
  let lastReport = isFirst ? -Infinity : begin; // the very first step is a sign of life
  return (step, scores) => {
    const now = performance.now();
    if (now - lastReport < PROGRESS_MS) return;
    const { nll } = scores.mean();
    if (!Number.isFinite(nll)) return; // a diverged loss is for the caller to judge
    lastReport = now;
    const textsPerSecond = scores.texts / ((now - begin) / 1000);
    report({ type: 'progress', epoch, split, step, steps, nll, textsPerSecond });
  };
}

import type { TrainerContext } from '../trainer.js';
import type { MeanScores } from './mean-scores.js';

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
 * @returns to be called after each batch with the texts done and the mean scores so far
 */
export function createProgressReporter(
  { epoch, split, steps }: Work,
  report: TrainerContext['report'],
): (texts: number, mean: () => MeanScores) => void {
  const begin = performance.now();
  let lastReport = begin;
  let step = 0;
  return (texts, mean) => {
    step += 1;
    const now = performance.now();
    if (now - lastReport < PROGRESS_MS) return;
    const { nll } = mean();
    if (!Number.isFinite(nll)) return; // a diverged loss is for the caller to judge
    lastReport = now;
    const textsPerSecond = texts / ((now - begin) / 1000);
    report({ type: 'progress', epoch, split, step, steps, nll, textsPerSecond });
  };
}

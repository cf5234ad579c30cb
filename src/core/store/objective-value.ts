import type { RunRow } from './run-row.js';

/** A run's value of a metric at its best checkpoint; null when it has none, or for a metric that is not recorded. */
export function objectiveValue(run: RunRow, metric: string): number | null {
  switch (metric) {
    case 'train.nll':
      return run.bestTrainNll;
    case 'train.top1':
      return run.bestTrainTop1;
    case 'val.nll':
      return run.bestValNll;
    case 'val.top1':
      return run.bestValTop1;
    case 'test.nll':
      return run.testNll;
    case 'test.top1':
      return run.testTop1;
    default:
      return null;
  }
}

import { mean, sampleStandardDeviation } from 'simple-statistics';
import { student975 } from './distributions.js';

/** Mean and spread of one metric over replicates. */
export interface Summary {
  /** Number of values. */
  readonly n: number;
  readonly mean: number;
  /** Sample standard deviation (divisor n − 1); null for one value. */
  readonly sd: number | null;
  /** 95 % interval of the mean, Student's t with n − 1 degrees of freedom; null for one value. */
  readonly interval: { readonly low: number; readonly high: number; readonly level: 0.95 } | null;
}

/** Mean, sample standard deviation and interval of the mean; null when there is no value. */
export function summarize(values: readonly number[]): Summary | null {
  if (values.length === 0) return null;
  const list = [...values];
  const n = list.length;
  const centre = mean(list);
  if (n < 2) return { n, mean: centre, sd: null, interval: null };
  const sd = sampleStandardDeviation(list);
  const halfWidth = (student975(n - 1) * sd) / Math.sqrt(n);
  return {
    n,
    mean: centre,
    sd,
    interval: { low: centre - halfWidth, high: centre + halfWidth, level: 0.95 },
  };
}

import { mean, sampleStandardDeviation } from 'simple-statistics';

/** Mean and spread of one metric over replicates. */
export interface Summary {
  /** Number of values. */
  readonly n: number;
  readonly mean: number;
  /** Sample standard deviation (divisor n − 1); null for one value. */
  readonly sd: number | null;
}

/** Mean and sample standard deviation; null when there is no value. */
export function summarize(values: readonly number[]): Summary | null {
  if (values.length === 0) return null;
  const list = [...values];
  return {
    n: list.length,
    mean: mean(list),
    sd: list.length < 2 ? null : sampleStandardDeviation(list),
  };
}

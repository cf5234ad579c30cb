import { mean } from 'simple-statistics';
import { studentP, Z_975 } from './distributions.js';
import { pearson, type Correlation, type CorrelationInterval } from './pearson.js';

/** The pairs of one run. */
export interface RunPairs {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** One correlation over the epochs of several runs, in two ways. */
export interface PooledCorrelation {
  /** Runs with at least two pairs that vary. */
  readonly runs: number;
  /** Over all pairs, as if they came from one run: differences between runs count in. */
  readonly overall: Correlation;
  /** Within runs: each run's pairs around the run's own mean. */
  readonly within: {
    readonly r: number;
    /** Pairs − runs − 1. */
    readonly df: number;
    readonly interval: CorrelationInterval | null;
    readonly p: number | null;
  } | null;
}

/**
 * The correlation of two metrics over the epochs of several runs. `within` is the correlation within subjects of
 * J. M. Bland and D. G. Altman, Calculating correlation coefficients with repeated observations, BMJ 310, 1995; its
 * interval is Fisher's for a partial correlation, standard error 1/√(df − 1).
 */
export function pooledCorrelation(runs: readonly RunPairs[]): PooledCorrelation {
  const used = runs.filter(
    ({ x, y }) => x.length > 1 && [...x, ...y].every((value) => Number.isFinite(value)),
  );
  const all = (column: 'x' | 'y', of: (values: readonly number[]) => readonly number[]): number[] =>
    used.flatMap((run) => of(run[column]));
  const columns = (of: (values: readonly number[]) => readonly number[]): Correlation =>
    pearson(
      { name: 'NLL', values: all('x', of) },
      { name: 'top-1', values: all('y', of) },
      'pairs',
    );
  const overall = columns((values) => values);
  const centred = columns(aroundMean);
  const df = centred.n - used.length - 1;
  if (centred.r === null || df < 1) return { runs: used.length, overall, within: null };
  const { r } = centred;
  const isPerfect = Math.abs(r) === 1;
  return {
    runs: used.length,
    overall,
    within: {
      r,
      df,
      interval: df > 1 && !isPerfect ? interval(r, df) : null,
      p: isPerfect ? null : studentP(r * Math.sqrt(df / (1 - r * r)), df),
    },
  };
}

function aroundMean(values: readonly number[]): number[] {
  const centre = mean([...values]);
  return values.map((value) => value - centre);
}

function interval(r: number, df: number): CorrelationInterval {
  const z = Math.atanh(r);
  const halfWidth = Z_975 / Math.sqrt(df - 1);
  return { low: Math.tanh(z - halfWidth), high: Math.tanh(z + halfWidth), level: 0.95 };
}

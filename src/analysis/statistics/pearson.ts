import { sampleCorrelation } from 'simple-statistics';

/** Pearson's r with its interval; where there is none, `reason` says why (no NaN leaves this module). */
export interface Correlation {
  /** Number of pairs. */
  readonly n: number;
  /** Between -1 and 1; null when it cannot be computed. */
  readonly r: number | null;
  /** Null when `r` is, and when there are too few pairs for an interval. */
  readonly interval: CorrelationInterval | null;
  /** Why `r` or `interval` is null; null when both are there. */
  readonly reason: string | null;
}

export interface CorrelationInterval {
  readonly low: number;
  readonly high: number;
  /** Confidence level. */
  readonly level: 0.95;
}

/** One column of a correlation and what it is called in a reason. */
export interface NamedColumn {
  readonly name: string;
  readonly values: readonly number[];
}

/** 97.5 % point of the standard normal distribution (Abramowitz and Stegun 1964, table 26.5, more digits). */
const Z_975 = 1.959963984540054;

/**
 * Pearson's product-moment correlation of two columns of the same length, with a 95 % confidence interval.
 *
 * The interval is Fisher's: atanh(r) is about normal with standard error 1/√(n − 3) (R. A. Fisher, On the "probable
 * error" of a coefficient of correlation deduced from a small sample, Metron 1, 1921). It supposes independent pairs;
 * the epochs of one run are not independent, so read it as a lower bound of the uncertainty.
 *
 * @param rows what a pair is, in the plural, as it is called in a reason: `epochs`
 */
export function pearson(x: NamedColumn, y: NamedColumn, rows: string): Correlation {
  const n = x.values.length;
  if (y.values.length !== n) {
    throw new Error(`columns of different length: ${n} and ${y.values.length}`);
  }
  if (n < 3) return none(n, `too few ${rows}: ${n}, at least 3 are needed`);
  for (const column of [x, y]) {
    if (!column.values.every(Number.isFinite))
      return none(n, `${column.name} is not always finite`);
    if (isConstant(column.values)) return none(n, `${column.name} is constant`);
  }
  const raw = sampleCorrelation([...x.values], [...y.values]);
  if (!Number.isFinite(raw))
    return none(n, 'the values differ too little or too much to be computed with');
  const r = Math.max(-1, Math.min(1, raw)); // rounding may lead an ulp beyond
  if (n < 4) return { n, r, interval: null, reason: `too few ${rows} for an interval: ${n}` };
  if (Math.abs(r) === 1) return { n, r, interval: null, reason: 'r is ±1: it has no interval' };
  return { n, r, interval: fisherInterval(r, n), reason: null };
}

function none(n: number, reason: string): Correlation {
  return { n, r: null, interval: null, reason };
}

function isConstant(values: readonly number[]): boolean {
  return values.every((value) => value === values[0]);
}

function fisherInterval(r: number, n: number): CorrelationInterval {
  const z = Math.atanh(r);
  const halfWidth = Z_975 / Math.sqrt(n - 3);
  return { low: Math.tanh(z - halfWidth), high: Math.tanh(z + halfWidth), level: 0.95 };
}

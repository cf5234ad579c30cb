import { sampleCorrelation } from 'simple-statistics';
import { studentP, Z_975 } from './distributions.js';

/** A correlation with its interval; where there is none, `reason` says why (no NaN leaves this module). */
export interface Correlation {
  /** Number of pairs. */
  readonly n: number;
  /** Between -1 and 1; null when it cannot be computed. */
  readonly r: number | null;
  /** Null when `r` is, and when there are too few pairs for an interval. */
  readonly interval: CorrelationInterval | null;
  /** Two-sided p of no correlation (Student's t); null when `r` is, and when r is ±1. */
  readonly p: number | null;
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

/**
 * Pearson's product-moment correlation of two columns of the same length, with a 95 % confidence interval and p.
 *
 * The interval is Fisher's: atanh(r) is about normal with standard error 1/√(n − 3) (R. A. Fisher, On the "probable
 * error" of a coefficient of correlation deduced from a small sample, Metron 1, 1921). p is that of
 * t = r √((n − 2)/(1 − r²)) with n − 2 degrees of freedom. Both suppose independent pairs; the epochs of one run are not
 * independent: see effective-sample-size.ts.
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
  if (Math.abs(r) === 1)
    return { n, r, interval: null, p: null, reason: 'r is ±1: it has no interval' };
  const p = correlationP(r, n);
  if (n < 4) return { n, r, interval: null, p, reason: `too few ${rows} for an interval: ${n}` };
  return { n, r, interval: fisherInterval(r, n), p, reason: null };
}

/** Two-sided p of r over n independent pairs; n need not be whole, and is above 2. */
export function correlationP(r: number, n: number): number {
  return studentP(r * Math.sqrt((n - 2) / (1 - r * r)), n - 2);
}

/** Fisher's 95 % interval of r over n independent pairs; n need not be whole, and is above 3. */
export function fisherInterval(r: number, n: number): CorrelationInterval {
  const z = Math.atanh(r);
  const halfWidth = Z_975 / Math.sqrt(n - 3);
  return { low: Math.tanh(z - halfWidth), high: Math.tanh(z + halfWidth), level: 0.95 };
}

function none(n: number, reason: string): Correlation {
  return { n, r: null, interval: null, p: null, reason };
}

function isConstant(values: readonly number[]): boolean {
  return values.every((value) => value === values[0]);
}

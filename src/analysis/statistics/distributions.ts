import jStat from 'jstat';

/** 97.5 % point of the standard normal distribution (Abramowitz and Stegun 1964, table 26.5, more digits). */
export const Z_975 = 1.959963984540054;

/**
 * Two-sided p of Student's t.
 *
 * @param df degrees of freedom, positive; need not be whole
 */
export function studentP(t: number, df: number): number {
  return Math.min(1, 2 * jStat.studentt.cdf(-Math.abs(t), df));
}

/** The t that is exceeded with a probability of 2.5 %: half the width of a 95 % interval in standard errors. */
export function student975(df: number): number {
  return jStat.studentt.inv(0.975, df);
}

/** Two-sided p of a standard normal value. */
export function normalP(z: number): number {
  return Math.min(1, 2 * jStat.normal.cdf(-Math.abs(z), 0, 1));
}

import { mean } from 'simple-statistics';

/**
 * How many independent pairs say as much about a correlation as n pairs of two autocorrelated series:
 * n (1 − ρx ρy)/(1 + ρx ρy) with their lag-1 autocorrelations (M. S. Bartlett, Some aspects of the time-correlation
 * problem in regard to tests of significance, Journal of the Royal Statistical Society 98, 1935; C. S. Bretherton and
 * others, The effective number of spatial degrees of freedom of a time-varying field, Journal of Climate 12, 1999,
 * eq. 31). Never more than n.
 *
 * @param x in the order of time, not constant, at least 3 values; `y` likewise
 */
export function effectiveSampleSize(x: readonly number[], y: readonly number[]): number {
  const product = Math.max(0, lagOneAutocorrelation(x) * lagOneAutocorrelation(y));
  return (x.length * (1 - product)) / (1 + product);
}

/** Σ (xₜ − x̄)(xₜ₊₁ − x̄) / Σ (xₜ − x̄)², as in Box and Jenkins, Time Series Analysis, 1976. */
export function lagOneAutocorrelation(values: readonly number[]): number {
  const centre = mean([...values]);
  let product = 0;
  let square = 0;
  let before: number | null = null;
  for (const value of values) {
    const deviation = value - centre;
    if (before !== null) product += before * deviation;
    square += deviation * deviation;
    before = deviation;
  }
  return product / square;
}

import { mean } from 'simple-statistics';
import { student975 } from './distributions.js';

/** y = factor · x^exponent, with the interval of the exponent. */
export interface PowerLaw {
  /** Points it was fitted to. */
  readonly n: number;
  /** y at x = 1. */
  readonly factor: number;
  readonly exponent: number;
  /** 95 % interval of the exponent, Student's t with n − 2 degrees of freedom. */
  readonly interval: { readonly low: number; readonly high: number; readonly level: 0.95 };
  /** Share of the variance of log y that the law explains. */
  readonly rSquared: number;
}

/** Fewer different sizes than this fit any line. */
export const MIN_SIZES = 3;

/**
 * A power law fitted by least squares of log y on log x (the form of J. Kaplan and others, Scaling laws for neural
 * language models, arXiv:2001.08361, 2020; slope and standard error as in any text on linear regression). It has no
 * floor: where y levels off, the exponent is that of the range that was measured.
 *
 * @returns null for fewer than three different x, or values that are not positive
 */
export function fitPowerLaw(x: readonly number[], y: readonly number[]): PowerLaw | null {
  if (new Set(x).size < MIN_SIZES) return null;
  if (![...x, ...y].every((value) => value > 0 && Number.isFinite(value))) return null;
  const logX = x.map(Math.log);
  const logY = y.map(Math.log);
  const n = x.length;
  const [meanX, meanY] = [mean(logX), mean(logY)];
  let sxx = 0;
  let sxy = 0;
  let syy = 0;
  for (const [index, value] of logX.entries()) {
    const dx = value - meanX;
    const dy = (logY[index] ?? 0) - meanY;
    sxx += dx * dx;
    sxy += dx * dy;
    syy += dy * dy;
  }
  const exponent = sxy / sxx;
  const residual = Math.max(0, syy - exponent * sxy);
  const halfWidth = student975(n - 2) * Math.sqrt(residual / (n - 2) / sxx);
  return {
    n,
    factor: Math.exp(meanY - exponent * meanX),
    exponent,
    interval: { low: exponent - halfWidth, high: exponent + halfWidth, level: 0.95 },
    rSquared: syy === 0 ? 1 : 1 - residual / syy,
  };
}

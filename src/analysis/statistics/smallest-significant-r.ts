import { student975 } from './distributions.js';

/**
 * The smallest |r| with p < 0.05 (two-sided) over n independent pairs: t/√(n − 2 + t²) with Student's 97.5 % point of
 * n − 2 degrees of freedom.
 *
 * @param n at least 3
 */
export function smallestSignificantR(n: number): number {
  const t = student975(n - 2);
  return t / Math.sqrt(n - 2 + t * t);
}

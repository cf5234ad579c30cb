import { mean, standardDeviation } from 'simple-statistics';

/** Values that span less than this are nearly the same on either scale. */
const MIN_RATIO = 4;

/**
 * Whether values were chosen on a logarithmic scale: three or more different ones, all positive, whose distances vary
 * less (by the coefficient of variation) between their logarithms than between themselves.
 */
export function isLogSpaced(values: readonly number[]): boolean {
  const levels = [...new Set(values)].sort((a, b) => a - b);
  const [first, last] = [levels[0] ?? 0, levels.at(-1) ?? 0];
  if (levels.length < 3 || first <= 0 || last / first < MIN_RATIO) return false;
  return unevenness(levels.map(Math.log)) < unevenness(levels);
}

/** Coefficient of variation of the distances between neighbours. */
function unevenness(levels: readonly number[]): number {
  const gaps = levels.slice(1).map((level, index) => level - (levels[index] ?? level));
  return standardDeviation(gaps) / mean(gaps);
}

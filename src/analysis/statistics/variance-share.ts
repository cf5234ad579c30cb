import { mean, sum } from 'simple-statistics';

/**
 * Share of the variance that lies between groups: η² = Σ n(ȳ − ȳ..)² / Σ (y − ȳ..)², ȳ the mean of a group and ȳ.. that of
 * all values (R. A. Fisher, Statistical Methods for Research Workers, 1925, § 44-45). In a balanced design the shares of
 * all keys add to 1 at most; what is left are interactions and chance.
 *
 * @returns null when all values are equal
 */
export function varianceShare(groups: readonly (readonly number[])[]): number | null {
  const values = groups.flat();
  if (values.length === 0) return null;
  const centre = mean(values);
  const total = sum(values.map((value) => (value - centre) ** 2));
  if (total === 0) return null;
  const between = sum(groups.map((group) => group.length * (mean([...group]) - centre) ** 2));
  return Math.min(1, between / total);
}

import { pearson, type NamedColumn } from './pearson.js';

/** Spearman's rank correlation; `r` and `p` are null together with a reason, as in {@link pearson}. */
export interface RankCorrelation {
  readonly rho: number | null;
  /** Two-sided, by Student's t as for Pearson's r; null when rho is null or ±1. */
  readonly p: number | null;
}

/**
 * Spearman's ρ: Pearson's r of the ranks, equal values sharing their mean rank (C. Spearman, The proof and measurement
 * of association between two things, American Journal of Psychology 15, 1904). It asks whether one falls as the other
 * rises, not whether along a line.
 */
export function spearman(x: NamedColumn, y: NamedColumn, rows: string): RankCorrelation {
  if (![...x.values, ...y.values].every(Number.isFinite)) return { rho: null, p: null };
  const ranked = ({ name, values }: NamedColumn): NamedColumn => ({
    name,
    values: midRanks(values),
  });
  const { r, p } = pearson(ranked(x), ranked(y), rows);
  return { rho: r, p };
}

/** Ranks from 1 in the order of the values; equal values share the mean of their ranks. */
export function midRanks(values: readonly number[]): number[] {
  const order = values.map((value, index) => ({ value, index }));
  order.sort((a, b) => a.value - b.value);
  const ranks = new Array<number>(values.length).fill(0);
  for (let first = 0; first < order.length;) {
    let last = first;
    while (last + 1 < order.length && order[last + 1]?.value === order[first]?.value) last += 1;
    for (const { index } of order.slice(first, last + 1)) ranks[index] = (first + last) / 2 + 1;
    first = last + 1;
  }
  return ranks;
}

/** How often each sequence of three characters occurs. */
export interface TrigramCounts {
  readonly counts: ReadonlyMap<string, number>;
  readonly total: number;
}

/** Marks the ends of a text, so that its first and last characters count in full. */
const EDGE = '^';

/** Character trigrams of texts, each with two marks at its beginning and one at its end. */
export function countTrigrams(texts: readonly string[]): TrigramCounts {
  const counts = new Map<string, number>();
  let total = 0;
  for (const text of texts) {
    const marked = `${EDGE}${EDGE}${text}${EDGE}`;
    for (let start = 0; start + 3 <= marked.length; start++) {
      const trigram = marked.slice(start, start + 3);
      counts.set(trigram, (counts.get(trigram) ?? 0) + 1);
      total += 1;
    }
  }
  return { counts, total };
}

/**
 * Jensen-Shannon divergence of two distributions of trigrams, in bits: ½ KL(P‖M) + ½ KL(Q‖M) with M = ½ (P + Q). 0 for
 * equal ones, 1 for those that share nothing (J. Lin, Divergence measures based on the Shannon entropy, IEEE
 * Transactions on Information Theory 37, 1991).
 */
export function jensenShannon(one: TrigramCounts, other: TrigramCounts): number {
  let divergence = 0;
  for (const trigram of new Set([...one.counts.keys(), ...other.counts.keys()])) {
    const p = (one.counts.get(trigram) ?? 0) / one.total;
    const q = (other.counts.get(trigram) ?? 0) / other.total;
    const m = (p + q) / 2;
    if (p > 0) divergence += (p / 2) * Math.log2(p / m);
    if (q > 0) divergence += (q / 2) * Math.log2(q / m);
  }
  return Math.min(1, Math.max(0, divergence)); // rounding may lead an ulp beyond
}

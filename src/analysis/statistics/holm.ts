/**
 * p-values corrected for their number: with m tests, the smallest is multiplied by m, the next by m − 1, and none
 * becomes smaller than one before it (S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian
 * Journal of Statistics 6, 1979). Tests without a p are no tests.
 *
 * @returns in the order of `values`
 */
export function holm(values: readonly (number | null)[]): (number | null)[] {
  const tests = values.flatMap((p, index) => (p === null ? [] : [{ p, index }]));
  tests.sort((a, b) => a.p - b.p);
  const corrected = new Array<number | null>(values.length).fill(null);
  let highest = 0;
  for (const [place, { p, index }] of tests.entries()) {
    highest = Math.max(highest, Math.min(1, p * (tests.length - place)));
    corrected[index] = highest;
  }
  return corrected;
}

/** A smaller part of the value than this is what computing with 53 bits leaves, not an uncertainty. */
const NOISE = 1e-12;

/** More places than a table can show, or a double has. */
const MOST_DECIMALS = 20;

/**
 * Decimals of a value that its uncertainty supports: two significant digits of the uncertainty are kept (JCGM 100:2008,
 * Guide to the expression of uncertainty in measurement, 7.2.6), so that rounding moves the value by less than a tenth
 * of the uncertainty. Never less than 0: a count of hundreds keeps its units.
 *
 * @param uncertainty a standard deviation, or half of the width of an interval, in the unit of the value
 * @returns null for an uncertainty that says nothing of the last digit: none, 0, or what rounding errors leave
 */
export function decimalsFor(value: number, uncertainty: number | undefined): number | null {
  if (uncertainty === undefined || !Number.isFinite(uncertainty)) return null;
  if (uncertainty <= Math.abs(value) * NOISE) return null;
  const [, place] = uncertainty.toExponential(1).split('e'); // 0.0996 is 1.0e-1
  return Math.min(MOST_DECIMALS, Math.max(0, 1 - Number(place)));
}

/** Half of the width of an interval, which is the uncertainty of what lies in it; undefined for no interval. */
export function halfWidth(
  interval: { readonly low: number; readonly high: number } | null,
): number | undefined {
  return interval === null ? undefined : (interval.high - interval.low) / 2;
}

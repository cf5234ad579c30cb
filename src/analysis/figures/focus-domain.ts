/** Where an axis begins and ends. */
export interface AxisDomain {
  readonly low: number;
  readonly high: number;
  /** Whether values of early epochs lie outside. */
  readonly isClipped: boolean;
}

/** Share of a run's epochs that count as early. */
const EARLY = 0.2;
/** A run of fewer epochs has no early ones: every epoch is shown. */
const MIN_EPOCHS = 10;
/** The early epochs are left out only when they stretch the axis by more than this. */
const MIN_STRETCH = 3;
/** Free space on either side, as a share of the range. */
const PADDING = 0.05;

/**
 * An axis over several curves on which their later course can be read: when the first fifth of the epochs stretches the
 * range to more than three times the rest, the axis covers the rest only.
 *
 * @param curves the values of each curve in the order of the epochs
 * @param kept values that stay on the axis however early they are, such as the best of each run
 * @returns null when there is no value
 */
export function focusDomain(
  curves: readonly (readonly number[])[],
  kept: readonly number[] = [],
): AxisDomain | null {
  const all = rangeOf(curves.flat());
  const laterValues = curves.map((values) =>
    values.length < MIN_EPOCHS ? values : values.slice(Math.ceil(values.length * EARLY)),
  );
  const later = rangeOf([...laterValues.flat(), ...kept]);
  if (all === null || later === null) return null;
  const laterWidth = later.high - later.low;
  const isClipped = laterWidth > 0 && all.high - all.low > MIN_STRETCH * laterWidth;
  return { ...padded(isClipped ? later : all), isClipped };
}

/** An axis over every value; null when there is none. */
export function fullDomain(values: readonly number[]): AxisDomain | null {
  const all = rangeOf(values);
  return all === null ? null : { ...padded(all), isClipped: false };
}

interface Range {
  readonly low: number;
  readonly high: number;
}

function padded({ low, high }: Range): Range {
  // One value has no range: a tenth of it (or 1 around 0) keeps the point in the middle of the axis.
  const padding = high > low ? (high - low) * PADDING : Math.abs(low) * 0.1 || 1;
  return { low: low - padding, high: high + padding };
}

function rangeOf(values: readonly number[]): Range | null {
  if (values.length === 0) return null;
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return { low, high };
}

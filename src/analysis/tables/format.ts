import { decimalsFor, halfWidth } from './uncertainty.js';

/** What stands where there is no value. */
export const NO_VALUE = '–';

/** What stands between thousands in a report: the narrow no-break space of ISO 80000-1, `\,` in LaTeX. */
export const THOUSANDS = '\u202f';

/** Places in an integer before which a whole number of thousands groups stands. */
const BETWEEN_THOUSANDS = /\B(?=(?:\d{3})+$)/g;

/**
 * A count with its thousands apart, `5 097 821`; in the terminal cli/counts.ts puts commas there. Not with
 * `Intl.NumberFormat`: to make one takes 10 ms or more, which every command that prints a count would wait for.
 */
export function formatCount(value: number): string {
  return minus(value.toFixed(0).replaceAll(BETWEEN_THOUSANDS, THOUSANDS));
}

/** Nats per text with 2 decimals: the test split's sampling error is larger than a hundredth. */
export function formatNll(value: number): string {
  return minus(value.toFixed(2));
}

/** Nats per character with 4 decimals, which are as much as the 2 of a text of 149 characters. */
export function formatNllPerCharacter(value: number): string {
  return minus(value.toFixed(4));
}

/** A share with 4 decimals, as the reference study prints it: runs differ in the third. */
export function formatTop1(value: number): string {
  return minus(value.toFixed(4));
}

/**
 * A correlation with the decimals that its uncertainty supports, or 3 where none is known, and with as many more as it
 * takes (at most 8 in all) that one below 1 is not shown as 1: `−0.998`, `−0.9999`.
 *
 * @param uncertainty half of the width of its interval
 */
export function formatCorrelation(value: number, uncertainty?: number): string {
  return formatBelowOne(value, Math.min(MOST_DECIMALS, decimalsFor(value, uncertainty) ?? 3));
}

const MOST_DECIMALS = 8;

/** A correlation with so many decimals, and with as many more (at most 8 in all) as one below 1 takes not to be shown as 1. */
export function formatBelowOne(value: number, decimals: number): string {
  const isOne = (digits: number): boolean => Math.abs(Number(value.toFixed(digits))) === 1;
  let digits = decimals;
  // What is 1 with all of them is 1 but for the rounding of its computation.
  while (isOne(digits) && !isOne(MOST_DECIMALS)) digits += 1;
  return minus(value.toFixed(digits));
}

/**
 * A value with the decimals that its uncertainty supports; see {@link decimalsFor}.
 *
 * @param uncertainty standard deviation or half of the width of an interval, in the unit of the value
 * @param otherwise how it is shown when the uncertainty says nothing of its last digit
 */
export function formatByUncertainty(
  value: number,
  uncertainty: number | undefined,
  otherwise: (value: number) => string,
): string {
  const decimals = decimalsFor(value, uncertainty);
  return decimals === null ? otherwise(value) : minus(value.toFixed(decimals));
}

/** A mean and its standard deviation, both as far as the latter says: `98.9 ± 1.1`; the mean alone without one. */
export function formatSpread(
  mean: number,
  sd: number | null,
  otherwise: (value: number) => string,
): string {
  if (sd === null) return otherwise(mean);
  const decimals = decimalsFor(mean, sd);
  const format = decimals === null ? otherwise : (value: number) => minus(value.toFixed(decimals));
  return `${format(mean)} ± ${format(sd)}`;
}

/** The ends of an interval as far as its width says: `−0.48 to 1.12`. */
export function formatBounds(
  interval: { readonly low: number; readonly high: number },
  otherwise: (value: number) => string,
): string {
  const { low, high } = interval;
  const show = (value: number): string =>
    formatByUncertainty(value, halfWidth(interval), otherwise);
  return `${show(low)} to ${show(high)}`;
}

/** The interval of a correlation, as far as its width says: `−0.9998 to −0.9832`. */
export function formatInterval(interval: { readonly low: number; readonly high: number }): string {
  const width = halfWidth(interval);
  const { low, high } = interval;
  return `${formatCorrelation(low, width)} to ${formatCorrelation(high, width)}`;
}

/** A p value: three decimals, and none below a thousandth. */
export function formatP(value: number): string {
  return value < 0.001 ? '< 0.001' : value.toFixed(3);
}

/** Seconds as `42 s`, `3 min 5 s` or `2 h 7 min`; below ten seconds with one decimal. */
export function formatSeconds(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A true minus sign, as wide as a digit. */
function minus(text: string): string {
  return text.replace('-', '−');
}

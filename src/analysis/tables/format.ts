/** What stands where there is no value. */
export const NO_VALUE = '–';

const COUNT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A count with thousands separators: `5,097,821`. */
export function formatCount(value: number): string {
  return minus(COUNT.format(value));
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
 * A correlation with 3 decimals, or with as many as it takes (at most 8) that one below 1 is not shown as 1:
 * `−0.998`, `−0.9999`.
 */
export function formatCorrelation(value: number): string {
  let text = value.toFixed(3);
  for (let digits = 4; digits <= 8 && isRoundedToOne(text, value); digits += 1) {
    text = value.toFixed(digits);
  }
  return minus(text);
}

function isRoundedToOne(text: string, value: number): boolean {
  return Math.abs(value) < 1 && Math.abs(Number(text)) === 1;
}

/**
 * A value with as many decimals as its standard error allows, by the rule of the Particle Data Group (Review of
 * Particle Physics, Introduction, 5.3 Rounding): the error is given two digits when its first three are 100 to 354, one
 * digit when they are 355 to 949, and is taken for 1000 with two digits above; the value ends where the error ends.
 *
 * @param uncertainty standard error in the unit of the value; one that is not positive leaves three significant digits
 */
export function formatByUncertainty(value: number, uncertainty: number): string {
  if (!(uncertainty > 0) || !Number.isFinite(uncertainty))
    return minus(String(Number(value.toPrecision(3))));
  return minus(value.toFixed(decimalsFor(uncertainty)));
}

/** Decimals that a standard error allows; see {@link formatByUncertainty}. */
export function decimalsFor(uncertainty: number): number {
  const [mantissa = '1', exponent = '0'] = uncertainty.toExponential(2).split('e');
  const leading = Number(mantissa);
  const place = Number(exponent); // of the error's first digit
  return Math.min(20, Math.max(0, leading < 3.55 ? 1 - place : -place));
}

/** The interval of a correlation: `−0.99 to −0.97`. */
export function formatInterval({ low, high }: { low: number; high: number }): string {
  return `${formatCorrelation(low)} to ${formatCorrelation(high)}`;
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
  return `${COUNT.format(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}

/** A true minus sign, as wide as a digit. */
function minus(text: string): string {
  return text.replace('-', '−');
}

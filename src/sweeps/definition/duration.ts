const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** The longest that a timer takes: 2^31 - 1 ms. */
const LONGEST_MS = 24 * UNIT_MS.d;

const PATTERN = /^(\d+(?:\.\d+)?) ?(ms|s|m|h|d)$/;

/** How a duration is written, for messages. */
export const DURATION_RULE = 'must be a duration of at most 24 days, such as 90s, 30m or 2h';

/** Milliseconds of a duration such as `90s`, `1.5h` or `2d`; null for anything else. */
export function parseDuration(text: string): number | null {
  const [, number, unit] = PATTERN.exec(text) ?? [];
  if (number === undefined || !isUnit(unit)) return null;
  const ms = Number(number) * UNIT_MS[unit];
  return ms <= LONGEST_MS ? ms : null;
}

function isUnit(text: string | undefined): text is keyof typeof UNIT_MS {
  return text !== undefined && text in UNIT_MS;
}

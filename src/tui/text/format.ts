import { stripVTControlCharacters } from 'node:util';
import prettyMs from 'pretty-ms';
import { settingText } from '../../core/config/setting-text.js';

/** Seconds in at most two units: `42s`, `3m 5s`, `2h 7m`. */
export function formatDuration(seconds: number): string {
  if (seconds < 0.5) return '0s';
  return prettyMs(Math.max(0, Math.round(seconds)) * 1000, { unitCount: 2 });
}

/** The time of day of an ISO time where this terminal stands, as on the clock of who reads it: `17:04:09`. */
export function formatClock(time: string): string {
  return new Date(time).toTimeString().slice(0, 8);
}

/** Seconds in one narrow word: `42s`, `3m`, `2h`, `5d`. */
export function formatShortDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 100) return `${whole}s`;
  if (whole < 100 * 60) return `${Math.round(whole / 60)}m`;
  if (whole < 48 * 3600) return `${Math.round(whole / 3600)}h`;
  return `${Math.round(whole / 86_400)}d`;
}

/** Nats per text with 2 decimals. */
export function formatNll(value: number): string {
  return value.toFixed(2);
}

/** A share with 4 decimals, as the reports have it. */
export function formatTop1(value: number): string {
  return value.toFixed(4);
}

const COMPACT = new Intl.NumberFormat('en-US', {
  notation: 'compact',
  maximumSignificantDigits: 3,
});

/** A count in three digits: `87`, `1.23k`, `5.1M`. */
export function formatCompact(value: number): string {
  return COMPACT.format(value).replace('K', 'k');
}

const COUNT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A count in full: `5,097,821`. */
export function formatCount(value: number): string {
  return COUNT.format(value);
}

/** A value of a configuration, as short as it can be said. */
export function formatValue(key: string, value: unknown): string {
  return plainText(settingText(key, value));
}

/** Changes as `learningRate 0.001  seed 2`: the last part of a key is what tells runs apart. */
export function formatChanges(changes: Readonly<Record<string, unknown>>): string {
  return Object.entries(changes)
    .map(
      ([key, value]) =>
        `${plainText(key.slice(key.lastIndexOf('.') + 1))} ${formatValue(key, value)}`,
    )
    .join('  ');
}

/** Text from a definition, a data set or a model without what would move the cursor or break a line. */
export function plainText(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/\p{Cc}/gu, ' ');
}

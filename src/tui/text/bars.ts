import type { Theme } from './theme.js';

type BarSigns = Pick<Theme, 'barFull' | 'barEmpty'>;

/** A bar of `width` cells of which a share (0 to 1) is full; any progress shows, and only the end is quite full. */
export function progressBar(share: number, width: number, { barFull, barEmpty }: BarSigns): string {
  const bounded = Math.min(1, Math.max(0, share));
  const rounded = Math.round(bounded * width);
  const full = bounded === 1 ? width : Math.min(width - 1, bounded > 0 ? Math.max(1, rounded) : 0);
  return barFull.repeat(Math.max(0, full)) + barEmpty.repeat(width - Math.max(0, full));
}

/** A curve in one line of at most `width` cells; values that share a cell are averaged. Not finite ones are left out. */
export function sparkline(
  values: readonly number[],
  width: number,
  { levels }: Pick<Theme, 'levels'>,
): string {
  const finite = values.filter(Number.isFinite);
  const cells = averageInto(finite, Math.min(width, finite.length));
  const low = Math.min(...cells);
  const high = Math.max(...cells);
  const top = levels.length - 1;
  return cells
    .map((value) => {
      // A flat curve lies in the middle: it has no lowest point.
      const height = high === low ? top / 2 : ((value - low) / (high - low)) * top;
      return levels[Math.round(height)] ?? '';
    })
    .join('');
}

/** Means of `count` stretches of about equal length. */
export function averageInto(values: readonly number[], count: number): number[] {
  return Array.from({ length: count }, (_, index) => {
    const start = Math.floor((index * values.length) / count);
    const end = Math.max(start + 1, Math.floor(((index + 1) * values.length) / count));
    const stretch = values.slice(start, end);
    return stretch.reduce((sum, value) => sum + value, 0) / stretch.length;
  });
}

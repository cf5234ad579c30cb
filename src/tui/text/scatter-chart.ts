import type { Theme } from './theme.js';
import { fit } from './cells.js';
import type { Span } from './spans.js';

/** Points in a plane of given size, the x axis with its numbers included: at least 4 lines. */
export interface ScatterRequest {
  readonly points: readonly { readonly x: number; readonly y: number }[];
  readonly width: number;
  readonly height: number;
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
}

const AXIS_LINES = 2;

/**
 * A scatter plot with a logarithmic x axis, as sizes of models differ by factors. Cells with one point and with more
 * have different signs. Points that are not finite, or not positive in x, are left out.
 */
export function scatterChart(request: ScatterRequest, theme: Theme): Span[][] {
  const { width, height, formatX, formatY } = request;
  const points = request.points.filter(
    ({ x, y }) => x > 0 && Number.isFinite(x) && Number.isFinite(y),
  );
  const rows = Math.max(1, height - AXIS_LINES);
  const logs = rangeOf(points.map(({ x }) => Math.log(x)));
  const xs = rangeOf(points.map(({ x }) => x));
  const ys = rangeOf(points.map(({ y }) => y));
  const numbers = [formatY(ys.high), formatY(ys.low)];
  const labelWidth = points.length === 0 ? 0 : Math.max(...numbers.map((text) => text.length));
  const columns = Math.max(1, width - labelWidth - 2);
  const counts = Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
  for (const { x, y } of points) {
    const column = Math.round(logs.share(Math.log(x)) * (columns - 1));
    const row = Math.round((1 - ys.share(y)) * (rows - 1));
    const line = counts[row];
    if (line !== undefined) line[column] = (line[column] ?? 0) + 1;
  }
  const [axis, corner, one, more] = theme.isUnicode ? ['│', '└', '•', '●'] : ['|', '+', 'o', '@'];
  const lines = counts.map((line, row): Span[] => {
    const number = row === 0 ? numbers[0] : row === rows - 1 ? numbers[1] : '';
    return [
      {
        text: `${fit(points.length === 0 ? '' : (number ?? ''), labelWidth, 'right')} ${axis}`,
        dim: true,
      },
      {
        text: line.map((count) => (count === 0 ? ' ' : count === 1 ? one : more)).join(''),
        color: 'cyan',
      },
    ];
  });
  const margin = ' '.repeat(labelWidth + 1);
  const first = points.length === 0 ? '' : formatX(xs.low);
  const last = points.length === 0 ? '' : formatX(xs.high);
  return [
    ...lines,
    [{ text: margin + corner + theme.rule.repeat(columns), dim: true }],
    [
      {
        text: `${margin} ${first}${fit(last, Math.max(0, columns - first.length), 'right')}`,
        dim: true,
      },
    ],
  ];
}

function rangeOf(values: readonly number[]): {
  readonly low: number;
  readonly high: number;
  readonly share: (value: number) => number;
} {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  // A single value lies in the middle.
  return { low, high, share: (value) => (high > low ? (value - low) / (high - low) : 0.5) };
}

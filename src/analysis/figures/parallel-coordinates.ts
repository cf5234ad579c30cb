import type { ScoredDesign, ScoredKey } from '../design/scored-design.js';
import type { Objective } from '../objective.js';
import { CHART_CONFIG, CHART_SIZE, type FigureSpec } from './chart-theme.js';

/** With two keys the heat map and the charts by key show all there is. */
const MIN_KEYS = 3;
/** Fewer lines show no pattern. */
const MIN_POINTS = 8;
/** Axes that fit side by side with a readable title each. */
const MAX_KEYS = 12;
/** Lines that a browser draws within a second; more of them are a carpet anyway. */
const MAX_LINES = 300;
/** Values that are written along an axis. */
const MAX_TICKS = 6;
/** Space between two written values, as a share of the axis. */
const MIN_TICK_GAP = 0.06;
/** From bad to good; told apart with any common colour blindness, seen on white and on black. */
const COLOUR_RANGE = ['#d98c1f', '#8f8f8f', '#1b6fb5'];

/** One axis of the figure; `positions` are from 0 at its foot to 1. */
interface Axis {
  readonly title: string;
  readonly positions: readonly number[];
  readonly ticks: readonly { readonly position: number; readonly text: string }[];
}

/**
 * Parallel coordinates (A. Inselberg, The Plane with Parallel Coordinates, 1985): an axis for each swept key, on the
 * scale on which it was swept, and one for the objective; a line is a configuration, coloured by its objective. Null
 * for fewer than three swept keys or eight configurations.
 */
export function parallelCoordinates(
  { metric, goal }: Objective,
  { points, keys }: ScoredDesign,
): FigureSpec | null {
  const swept = keys.filter(({ levels }) => levels.length > 1);
  if (swept.length < MIN_KEYS || points.length < MIN_POINTS) return null;
  const values = points.map((point) => point.value);
  const axes = [...swept.slice(0, MAX_KEYS).map(keyAxis), numericAxis(metric, values, 'linear')];
  const titles = axes.map((axis) => axis.title);
  const drawn = drawnLines(values, goal);
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    ...CHART_SIZE,
    config: CHART_CONFIG,
    title: {
      text: `Swept keys and ${metric}`,
      subtitle: subtitle(drawn.length, points.length, swept.length),
    },
    encoding: {
      x: {
        field: 'axis',
        type: 'nominal',
        title: null,
        sort: titles,
        scale: { type: 'point', padding: 0.4 },
        axis: { labelAngle: -20, labelLimit: 220, grid: true, gridColor: '#8a8a8a' },
      },
      y: {
        field: 'position',
        type: 'quantitative',
        axis: null,
        scale: { domain: [-0.04, 1.04], nice: false },
      },
    },
    layer: [
      {
        data: {
          values: drawn.flatMap((at) =>
            axes.map(({ title, positions }) => ({
              line: at,
              name: points[at]?.name,
              axis: title,
              position: positions[at],
              objective: values[at],
            })),
          ),
        },
        mark: { type: 'line', strokeWidth: 1.4, opacity: 0.65 },
        encoding: {
          detail: { field: 'line', type: 'nominal' },
          color: {
            field: 'objective',
            type: 'quantitative',
            title: metric,
            scale: {
              range: goal === 'minimize' ? COLOUR_RANGE.toReversed() : COLOUR_RANGE,
              zero: false,
              nice: false,
            },
          },
          tooltip: [{ field: 'name' }, { field: 'objective', title: metric }],
        },
      },
      {
        data: {
          values: axes.flatMap(({ title, ticks }) =>
            ticks.map((tick) => ({ axis: title, ...tick })),
          ),
        },
        mark: { type: 'text', align: 'left', dx: 4, fontSize: 10, color: 'black' },
        encoding: { text: { field: 'text', type: 'nominal' } },
      },
    ],
  };
}

function subtitle(drawn: number, points: number, keys: number): string[] {
  return [
    'A line is a configuration (replicates: their mean), blue where it is good.',
    ...(drawn < points
      ? [`${drawn} of ${points} configurations, chosen evenly from the best to the worst.`]
      : []),
    ...(keys > MAX_KEYS ? [`The first ${MAX_KEYS} of ${keys} swept keys.`] : []),
  ];
}

/** Places of the points that are drawn, the best last and so in front. */
function drawnLines(values: readonly number[], goal: Objective['goal']): number[] {
  const sign = goal === 'minimize' ? 1 : -1;
  const order = [...values.keys()].toSorted(
    (a, b) => sign * ((values[b] ?? 0) - (values[a] ?? 0)) || a - b,
  );
  if (order.length <= MAX_LINES) return order;
  const step = (order.length - 1) / (MAX_LINES - 1);
  return Array.from({ length: MAX_LINES }, (_, at) => order[Math.round(at * step)] ?? 0);
}

function keyAxis({ key, scale, values, levels }: ScoredKey): Axis {
  const numbers = values.filter((value) => typeof value === 'number');
  if (scale !== 'categories') {
    return numericAxis(scale === 'log' ? `${key} (log)` : key, numbers, scale);
  }
  const place = (value: number | string): number => levels.indexOf(value) / (levels.length - 1);
  return {
    title: key,
    positions: values.map(place),
    ticks: spaced(levels.map((level) => ({ position: place(level), text: String(level) }))),
  };
}

function numericAxis(title: string, values: readonly number[], scale: 'linear' | 'log'): Axis {
  const onScale = (value: number): number => (scale === 'log' ? Math.log(value) : value);
  const levels = [...new Set(values)].sort((a, b) => a - b);
  const low = onScale(levels[0] ?? 0);
  const width = onScale(levels.at(-1) ?? 0) - low;
  // An objective that is the same everywhere stands in the middle.
  const place = (value: number): number => (width === 0 ? 0.5 : (onScale(value) - low) / width);
  return {
    title,
    positions: values.map(place),
    ticks: spaced(levels.map((level) => ({ position: place(level), text: shortNumber(level) }))),
  };
}

/** At most six of the values, from the first to the last, none on top of another. */
function spaced(ticks: Axis['ticks']): Axis['ticks'] {
  const count = Math.min(ticks.length, MAX_TICKS);
  const step = count < 2 ? 0 : (ticks.length - 1) / (count - 1);
  const last = ticks.at(-1);
  const kept: Axis['ticks'][number][] = [];
  for (let at = 0; at < count - 1; at += 1) {
    const tick = ticks[Math.round(at * step)];
    const before = kept.at(-1)?.position ?? -Infinity;
    if (tick === undefined || last === undefined) continue;
    if (tick.position - before < MIN_TICK_GAP || last.position - tick.position < MIN_TICK_GAP)
      continue;
    kept.push(tick);
  }
  return last === undefined ? kept : [...kept, last];
}

/** Whole numbers as they are, others to four digits. */
function shortNumber(value: number): string {
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(4)));
}

import type { ScoredDesign, ScoredKey } from '../design/scored-design.js';
import type { Objective } from '../objective.js';
import { summarize } from '../statistics/summary.js';
import { formatByUncertainty, formatNll, formatTop1 } from '../tables/format.js';
import { halfWidth } from '../tables/uncertainty.js';
import { CHART_CONFIG, type FigureSpec } from './chart-theme.js';

/** Values of a key that fit on an axis with a readable number in each cell. */
const MAX_LEVELS = 16;

/** Text on a bright cell. Not black, which follows the theme of the page: the cells do not. */
const DARK = '#1b1f24';

/** Two keys of a design, in the order of the configuration. */
export type KeyPair = readonly [ScoredKey, ScoredKey];

/**
 * Whether two keys make a map: both have several values, and at least half of their combinations have a result. Pairs of
 * a random search, and keys that move together, leave most cells empty.
 */
export function isMappable([one, other]: KeyPair): boolean {
  const sizes = [one.levels.length, other.levels.length];
  if (sizes.some((size) => size < 2 || size > MAX_LEVELS)) return false;
  const filled = new Set(one.values.map((value, at) => JSON.stringify([value, other.values[at]])));
  return (
    filled.size > Math.max(...sizes) && filled.size * 2 >= one.levels.length * other.levels.length
  );
}

/** Mean of the objective at each combination of two keys, over all other keys; bright is better. */
export function heatMap(
  { metric, goal }: Objective,
  { points }: ScoredDesign,
  [one, other]: KeyPair,
): FigureSpec {
  const format = metric.endsWith('.nll') ? formatNll : formatTop1;
  const cells = one.levels.flatMap((x) =>
    other.levels.flatMap((y) => {
      const found = points.filter((_, at) => one.values[at] === x && other.values[at] === y);
      const summary = summarize(found.map((point) => point.value));
      if (summary === null) return [];
      const value = summary.mean;
      // As the table of effects rounds the same mean.
      const text = formatByUncertainty(value, halfWidth(summary.interval), format);
      return [{ x: String(x), y: String(y), value, text, configurations: summary.n }];
    }),
  );
  const values = cells.map((cell) => cell.value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const isReversed = goal === 'minimize';
  // Beyond this value cells are bright: their text must be dark to be read.
  const middle = low + (high - low) * (isReversed ? 0.45 : 0.55);
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    config: CHART_CONFIG,
    width: { step: 64 },
    height: { step: 36 },
    title: { text: `${metric} by ${one.key} and ${other.key}`, subtitle: 'Brighter is better.' },
    data: { values: cells },
    encoding: {
      x: {
        field: 'x',
        type: 'ordinal',
        title: one.key,
        sort: one.levels.map(String),
        axis: { labelAngle: 0 },
      },
      y: {
        field: 'y',
        type: 'ordinal',
        title: other.key,
        sort: other.levels.map(String).toReversed(),
      },
    },
    layer: [
      {
        mark: { type: 'rect' },
        encoding: {
          color: {
            field: 'value',
            type: 'quantitative',
            title: metric,
            scale: { scheme: 'viridis', reverse: isReversed, zero: false, nice: false },
          },
        },
      },
      {
        mark: { type: 'text', fontSize: 11 },
        encoding: {
          text: { field: 'text' },
          color: {
            condition: {
              test: `datum.value ${isReversed ? '<' : '>'} ${middle}`,
              value: DARK,
            },
            value: 'white',
          },
        },
      },
    ],
  };
}

import type { ScoredDesign, ScoredKey } from '../design/scored-design.js';
import { CHART_CONFIG, type FigureSpec } from './chart-theme.js';
import { COLOURS } from './palette.js';

/** Fewer configurations show no course. */
const MIN_POINTS = 3;
/** Keys that are drawn: a configuration has few that matter, and each chart takes room. */
const MAX_KEYS = 12;
/** Values of a key that are the ticks of its axis; more have round numbers there. */
const MAX_TICKS = 6;

/**
 * The objective against each swept key, a small chart each: a point is a configuration, the line joins the means at each
 * value. Null when fewer than three configurations have a value, or nothing was swept.
 */
export function keyChart(metric: string, { points, keys }: ScoredDesign): FigureSpec | null {
  const drawn = keys.filter(({ levels }) => levels.length > 1).slice(0, MAX_KEYS);
  if (points.length < MIN_POINTS || drawn.length === 0) return null;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    config: CHART_CONFIG,
    title: {
      text: `${metric} against each swept key`,
      subtitle: 'A point is a configuration (replicates: their mean), the line joins the means.',
    },
    data: {
      values: points.map(({ name, value }, index) => ({
        name,
        value,
        ...Object.fromEntries(drawn.map((key, at) => [`x${at}`, key.values[index]])),
      })),
    },
    columns: Math.min(3, drawn.length),
    concat: drawn.map((key, at) => {
      const x = keyAxis(key, `x${at}`);
      return {
        width: 180,
        height: 150,
        layer: [
          {
            mark: { type: 'line' as const, color: '#555', strokeWidth: 1.5 },
            encoding: { x, y: valueAxis(metric, 'mean') },
          },
          {
            mark: {
              type: 'point' as const,
              filled: true,
              size: 40,
              opacity: 0.7,
              color: COLOURS[0],
            },
            encoding: {
              x,
              y: valueAxis(metric),
              tooltip: [{ field: 'name' }, { field: `x${at}`, title: key.key }, { field: 'value' }],
            },
          },
        ],
      };
    }),
  };
}

/** An axis of a swept key on the scale on which it was swept. */
function keyAxis({ key, scale, levels }: ScoredKey, field: string) {
  if (scale === 'categories') {
    return {
      field,
      type: 'nominal' as const,
      title: key,
      sort: levels.map(String),
      axis: { labelAngle: -30 },
    };
  }
  return {
    field,
    type: 'quantitative' as const,
    title: scale === 'log' ? `${key} (log scale)` : key,
    // A logarithmic axis has no zero to leave out.
    scale: { type: scale, ...(scale === 'log' ? {} : { zero: false }), nice: false, padding: 8 },
    axis: keyTicks(levels.map(Number)),
  };
}

/** At the values that were swept where they are few; whole numbers where these are. */
function keyTicks(values: number[]) {
  const ticks = values.length <= MAX_TICKS ? { values, labelOverlap: true } : { tickCount: 5 };
  return { ...ticks, ...(values.every(Number.isInteger) ? { format: ',d', tickMinStep: 1 } : {}) };
}

function valueAxis(metric: string, aggregate?: 'mean') {
  return {
    field: 'value',
    type: 'quantitative' as const,
    title: metric,
    scale: { zero: false },
    ...(aggregate === undefined ? {} : { aggregate }),
  };
}

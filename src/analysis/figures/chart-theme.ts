import type { Config, TopLevelSpec } from 'vega-lite';
import { THOUSANDS } from '../tables/format.js';
import type { StyledCurve } from './run-curve.js';

/** A figure as data: a Vega-Lite specification with its values in it. */
export type FigureSpec = TopLevelSpec;

/** Drawing area in pixels, without axes and legend. */
export const CHART_SIZE = { width: 560, height: 340 } as const;

/** Colour of what stands behind: runs that are too many for colours of their own. It is seen on white and on black. */
export const QUIET = '#8a8a8a';

/** Look of all figures: white ground, quiet grid, text large enough beside a paragraph. */
export const CHART_CONFIG: Config = {
  background: 'white',
  // Of axes, legends and labels in every figure, as in the tables.
  locale: { number: { decimal: '.', thousands: THOUSANDS, grouping: [3], currency: ['', ''] } },
  font: 'Helvetica, Arial, sans-serif',
  title: { anchor: 'start', fontSize: 15, subtitleFontSize: 11, subtitleColor: '#555', offset: 12 },
  axis: {
    gridColor: '#e6e6e6',
    labelFontSize: 11,
    // Neighbours that nearly touch read as one number.
    labelSeparation: 5,
    titleFontSize: 12,
    titlePadding: 8,
  },
  legend: {
    labelFontSize: 11,
    titleFontSize: 12,
    labelLimit: 420,
    symbolSize: 70,
    symbolStrokeWidth: 2,
  },
  view: { stroke: '#ccc' },
};

/** Scales that give each run its colour and shape; the legend lists the runs in the order of the report. */
export function runScales(curves: readonly StyledCurve[]): {
  colour: { domain: string[]; range: string[] };
  shape: { domain: string[]; range: string[] };
} {
  const domain = curves.map((curve) => curve.name);
  return {
    colour: { domain, range: curves.map((curve) => curve.style.colour) },
    shape: { domain, range: curves.map((curve) => curve.style.shape) },
  };
}

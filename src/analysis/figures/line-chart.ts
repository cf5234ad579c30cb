import { CHART_CONFIG, CHART_SIZE, runScales, type FigureSpec } from './chart-theme.js';
import { focusDomain, type AxisDomain } from './focus-domain.js';
import { hasMarks, SPLITS, type CurvePoint, type RunCurve, type Split } from './run-curve.js';

/** What a line chart shows over the epochs. */
export type CurveMetric = 'nll' | 'top1';

const TITLES: Readonly<Record<CurveMetric, { title: string; axis: string }>> = {
  nll: { title: 'Negative log-likelihood', axis: 'NLL (nats per text)' },
  top1: { title: 'Top-1 reconstruction', axis: 'Top-1 (share of positions)' },
};

interface Row {
  readonly run: string;
  readonly split: Split;
  readonly epoch: number;
  readonly value: number;
  readonly isMarked: boolean;
  readonly isBest: boolean;
}

/**
 * One metric of all runs over the epochs as a Vega-Lite specification: validation solid, training dashed, one colour a
 * run, a diamond at the validation score of the best epoch. Null when no run has an epoch.
 */
export function lineChart(curves: readonly RunCurve[], metric: CurveMetric): FigureSpec | null {
  const drawn = curves.filter((curve) => curve.points.length > 0);
  const domain = focusDomain(
    drawn.flatMap((curve) => SPLITS.map((split) => valuesOf(curve, split, metric))),
  );
  if (domain === null) return null;
  const { title, axis } = TITLES[metric];
  const scales = runScales(drawn);
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    ...CHART_SIZE,
    config: CHART_CONFIG,
    title: { text: `${title} over the epochs`, subtitle: subtitle(domain) },
    data: { values: drawn.flatMap((curve) => rowsOf(curve, metric)) },
    encoding: {
      x: { field: 'epoch', type: 'quantitative', title: 'Epoch', ...epochAxis(drawn) },
      y: {
        field: 'value',
        type: 'quantitative',
        title: axis,
        scale: { domain: [domain.low, domain.high], zero: false, nice: false },
      },
      color: { field: 'run', type: 'nominal', title: 'Run', scale: scales.colour, sort: null },
    },
    layer: [
      {
        mark: { type: 'line', clip: true, strokeWidth: 1.8 },
        encoding: {
          strokeDash: {
            field: 'split',
            type: 'nominal',
            title: 'Split',
            legend: { symbolSize: 500 }, // wide enough to show the dashes
            scale: {
              domain: [...SPLITS],
              range: [
                [1, 0],
                [5, 3],
              ],
            },
          },
        },
      },
      {
        transform: [{ filter: 'datum.isMarked && !datum.isBest' }],
        mark: { type: 'point', clip: true, filled: true, size: 22, opacity: 1 },
        encoding: {
          shape: {
            field: 'run',
            type: 'nominal',
            title: 'Run',
            scale: scales.shape,
            sort: null,
          },
        },
      },
      {
        transform: [{ filter: 'datum.isBest' }],
        mark: {
          type: 'point',
          clip: true,
          filled: true,
          shape: 'diamond',
          size: 130,
          opacity: 1,
          stroke: 'black',
          strokeWidth: 1,
        },
      },
    ],
  };
}

function rowsOf(curve: RunCurve, metric: CurveMetric): Row[] {
  return SPLITS.flatMap((split) =>
    curve.points.map((point) => ({
      run: curve.name,
      split,
      epoch: point.epoch,
      value: valueOf(point, split, metric),
      isMarked: hasMarks(curve, split),
      isBest: split === 'validation' && point.epoch === curve.bestEpoch,
    })),
  );
}

function valuesOf(curve: RunCurve, split: Split, metric: CurveMetric): number[] {
  return curve.points.map((point) => valueOf(point, split, metric));
}

function valueOf(point: CurvePoint, split: Split, metric: CurveMetric): number {
  if (metric === 'nll') return split === 'validation' ? point.valNll : point.trainNll;
  return split === 'validation' ? point.valTop1 : point.trainTop1;
}

function subtitle(domain: AxisDomain): string[] {
  const lines = [
    'Solid: validation. Dashed: training (mean over the epoch, with dropout). Diamond: best epoch.',
  ];
  if (domain.isClipped) lines.push('Some of the first epochs lie outside the axis.');
  return lines;
}

/** Whole epochs only: a short run must not get ticks at 0.5. */
function epochAxis(curves: readonly RunCurve[]): {
  axis: { format: string; tickMinStep: number };
  scale: { domain: [number, number]; nice: false };
} {
  const epochs = curves.flatMap((curve) => curve.points.map((point) => point.epoch));
  const first = epochs.reduce((low, epoch) => Math.min(low, epoch), Infinity);
  const last = epochs.reduce((high, epoch) => Math.max(high, epoch), -Infinity);
  const margin = Math.max(0.5, (last - first) * 0.02);
  return {
    axis: { format: 'd', tickMinStep: 1 },
    scale: { domain: [first - margin, last + margin], nice: false },
  };
}

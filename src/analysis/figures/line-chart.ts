import { CHART_CONFIG, CHART_SIZE, QUIET, runScales, type FigureSpec } from './chart-theme.js';
import { focusDomain, type AxisDomain } from './focus-domain.js';
import {
  drawnCurves,
  hasMarks,
  SPLITS,
  type CurvePoint,
  type RunCurve,
  type Split,
} from './run-curve.js';
import { thinLine } from './thin-curve.js';

/** What a line chart shows over the epochs. */
export type CurveMetric = 'nll' | 'top1';

const TITLES: Readonly<Record<CurveMetric, { title: string; axis: string }>> = {
  nll: { title: 'Negative log-likelihood', axis: 'NLL (nats per text)' },
  top1: { title: 'Top-1 reconstruction', axis: 'Top-1 (share of positions)' },
};

/** Points of a figure that a browser draws within a second; what has more is thinned. */
const MAX_POINTS = 8000;
/** Points of the many lines behind: they are one path, which takes less. */
const MAX_QUIET_POINTS = 16_000;

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
 * run, a diamond at the validation score of the best epoch. Runs without a style are thin grey lines behind the others,
 * validation only. Null when no run has an epoch.
 */
export function lineChart(curves: readonly RunCurve[], metric: CurveMetric): FigureSpec | null {
  const { styled, others } = drawnCurves(curves);
  const drawn = [...others, ...styled];
  const domain = focusDomain(
    drawn.flatMap((curve) => splitsOf(curve).map((split) => valuesOf(curve, split, metric))),
  );
  if (domain === null) return null;
  const { title, axis } = TITLES[metric];
  const scales = runScales(styled);
  const rows = rowsOf(styled, metric, MAX_POINTS);
  const quietRows = rowsOf(others, metric, MAX_QUIET_POINTS);
  const isThinned = rows.length + quietRows.length < pointsOf(drawn);
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    ...CHART_SIZE,
    config: CHART_CONFIG,
    title: {
      text: `${title} over the epochs`,
      subtitle: subtitle(domain, others.length, isThinned),
    },
    data: { values: rows },
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
      ...(others.length === 0 ? [] : [quietLayer(quietRows)]),
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

/**
 * The many lines behind, of rows of their own. They are one path that is broken between the runs: a mark of its own for
 * each would take a browser ten times as long.
 */
function quietLayer(rows: readonly Row[]) {
  const values = rows.flatMap(({ run, epoch, value }, place) => {
    const row = { run, epoch, value };
    return rows[place + 1]?.run === run ? [row] : [row, { run, epoch: null, value: null }];
  });
  return {
    data: { values },
    mark: {
      type: 'line' as const,
      clip: true,
      strokeWidth: 0.6,
      opacity: 0.35,
      invalid: 'break-paths-show-path-domains' as const,
      order: false, // as the rows come, not by epoch
    },
    encoding: { color: { value: QUIET } },
  };
}

function splitsOf({ style }: RunCurve): readonly Split[] {
  return style === null ? ['validation'] : SPLITS;
}

function pointsOf(curves: readonly RunCurve[]): number {
  return curves.reduce((sum, curve) => sum + splitsOf(curve).length * curve.points.length, 0);
}

/** @param room points that there is room for */
function rowsOf(curves: readonly RunCurve[], metric: CurveMetric, room: number): Row[] {
  const lines = curves.flatMap((curve) => splitsOf(curve).map((split) => ({ curve, split })));
  const count = pointsOf(curves) <= room ? Infinity : Math.floor(room / lines.length);
  return lines.flatMap(({ curve, split }): Row[] => {
    const { name, points, bestEpoch } = curve;
    const kept = thinLine(points, { count, bestEpoch }, (one) => valueOf(one, split, metric));
    return kept.map((point) => ({
      run: name,
      split,
      epoch: point.epoch,
      value: valueOf(point, split, metric),
      isMarked: hasMarks(curve, split),
      isBest: split === 'validation' && point.epoch === bestEpoch,
    }));
  });
}

function valuesOf(curve: RunCurve, split: Split, metric: CurveMetric): number[] {
  return curve.points.map((point) => valueOf(point, split, metric));
}

function valueOf(point: CurvePoint, split: Split, metric: CurveMetric): number {
  if (metric === 'nll') return split === 'validation' ? point.valNll : point.trainNll;
  return split === 'validation' ? point.valTop1 : point.trainTop1;
}

function subtitle(domain: AxisDomain, others: number, isThinned: boolean): string[] {
  const lines = [
    'Solid: validation. Dashed: training (mean over the epoch, with dropout). Diamond: best epoch.',
  ];
  if (others > 0) lines.push(`Grey: validation of ${others} more runs.`);
  if (isThinned)
    lines.push('Lines are thinned to the epochs that keep their shape; the best is kept.');
  if (domain.isClipped) lines.push('Some of the first epochs lie outside the axis.');
  return lines;
}

/** Whole epochs only: a short run must not get ticks at 0.5. */
export function epochAxis(curves: readonly RunCurve[]): {
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

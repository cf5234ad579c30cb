import { CHART_CONFIG, CHART_SIZE, QUIET, runScales, type FigureSpec } from './chart-theme.js';
import {
  BEST,
  bestMark,
  type CurveRow,
  curveRows,
  epochAxis,
  epochMark,
  LINE_KEY,
  MARKED,
  SPLIT_DASH,
} from './curve-parts.js';
import { focusDomain, type AxisDomain } from './focus-domain.js';
import { drawnCurves, SPLITS, type CurvePoint, type RunCurve, type Split } from './run-curve.js';

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

interface Row extends CurveRow {
  readonly run: string;
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
    styled.flatMap((curve) => bestValue(curve, metric)),
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
          // Wide enough to show the dashes.
          strokeDash: { ...SPLIT_DASH, title: 'Split', legend: { symbolSize: 500 } },
        },
      },
      {
        transform: MARKED,
        mark: epochMark(22),
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
      { transform: BEST, mark: bestMark(130) },
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
    const rows = curveRows(curve, split, count, (point) => valueOf(point, split, metric));
    return rows.map((row) => ({ run: curve.name, ...row }));
  });
}

function valuesOf(curve: RunCurve, split: Split, metric: CurveMetric): number[] {
  return curve.points.map((point) => valueOf(point, split, metric));
}

/** Where the diamond is; none without a best epoch. */
function bestValue({ points, bestEpoch }: RunCurve, metric: CurveMetric): number[] {
  return points
    .filter(({ epoch }) => epoch === bestEpoch)
    .map((point) => valueOf(point, 'validation', metric));
}

function valueOf(point: CurvePoint, split: Split, metric: CurveMetric): number {
  if (metric === 'nll') return split === 'validation' ? point.valNll : point.trainNll;
  return split === 'validation' ? point.valTop1 : point.trainTop1;
}

function subtitle(domain: AxisDomain, others: number, isThinned: boolean): string[] {
  const lines = [LINE_KEY];
  if (others > 0) lines.push(`Grey: validation of ${others} more runs.`);
  if (isThinned)
    lines.push('Lines are thinned to the epochs that keep their shape; the best is kept.');
  if (domain.isClipped) lines.push('Some of the first epochs lie outside the axis.');
  return lines;
}

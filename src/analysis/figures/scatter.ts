import { CHART_CONFIG, CHART_SIZE, QUIET, runScales, type FigureSpec } from './chart-theme.js';
import { fullDomain } from './focus-domain.js';
import { drawnCurves, type CurvePoint, type RunCurve } from './run-curve.js';
import { thinCloud } from './thin-curve.js';

/** Points of a figure that a browser draws at once: each is a mark of its own. */
const MAX_POINTS = 4000;

/**
 * Validation top-1 against validation NLL as a Vega-Lite specification: one point an epoch, one colour a run, the best
 * epoch outlined. This is what Pearson's r is about. Runs without a style are one grey point each, at their best epoch.
 * Null when no run has an epoch.
 */
export function scatter(curves: readonly RunCurve[]): FigureSpec | null {
  const { styled, others } = drawnCurves(curves);
  const wanted = styled.reduce((sum, { points }) => sum + points.length, 0);
  const count = wanted <= MAX_POINTS ? Infinity : Math.floor(MAX_POINTS / styled.length);
  const rows = styled.flatMap((curve) =>
    rowsOf(curve, thinCloud(curve.points, { ...curve, count })),
  );
  const quietRows = others.flatMap((curve) => rowsOf(curve, curve.points.filter(isBestOf(curve))));
  const x = fullDomain([...rows, ...quietRows].map(({ nll }) => nll));
  const y = fullDomain([...rows, ...quietRows].map(({ top1 }) => top1));
  if (x === null || y === null) return null;
  const scales = runScales(styled);
  const mark = { type: 'point', clip: true, filled: true } as const;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    ...CHART_SIZE,
    config: CHART_CONFIG,
    title: {
      text: 'Validation top-1 against validation NLL',
      subtitle: [
        `One point an epoch, ${count === Infinity ? 'all epochs' : `at most about ${count} of each run`} shown; the best epoch of each run is outlined.`,
        ...(others.length === 0 ? [] : [`Grey: ${others.length} more runs at their best epochs.`]),
      ],
    },
    data: { values: rows },
    encoding: {
      x: {
        field: 'nll',
        type: 'quantitative',
        title: 'Validation NLL (nats per text)',
        scale: { domain: [x.low, x.high], zero: false, nice: false },
        axis: { tickCount: { expr: 'ceil(width / 80)' } },
      },
      y: {
        field: 'top1',
        type: 'quantitative',
        title: 'Validation top-1 (share of positions)',
        scale: { domain: [y.low, y.high], zero: false, nice: false },
      },
      color: { field: 'run', type: 'nominal', title: 'Run', scale: scales.colour, sort: null },
      shape: { field: 'run', type: 'nominal', title: 'Run', scale: scales.shape, sort: null },
    },
    layer: [
      ...(others.length === 0 ? [] : [quietLayer(quietRows)]),
      {
        transform: [{ filter: '!datum.isBest' }],
        mark: { ...mark, size: 36, opacity: 0.7 },
      },
      {
        transform: [{ filter: 'datum.isBest' }],
        mark: { ...mark, size: 110, opacity: 1, stroke: 'black', strokeWidth: 1.2 },
      },
    ],
  };
}

interface Row {
  readonly run: string;
  readonly epoch: number;
  readonly nll: number;
  readonly top1: number;
  readonly isBest: boolean;
}

function quietLayer(rows: readonly Row[]) {
  const values = rows.map(({ run, epoch, nll, top1 }) => ({ run, epoch, nll, top1 }));
  return {
    data: { values },
    mark: { type: 'point' as const, clip: true, filled: true, size: 16, opacity: 0.5 },
    encoding: { color: { value: QUIET }, shape: { value: 'circle' } },
  };
}

function rowsOf(curve: RunCurve, points: readonly CurvePoint[]): Row[] {
  return points.map((point) => ({
    run: curve.name,
    epoch: point.epoch,
    nll: point.valNll,
    top1: point.valTop1,
    isBest: isBestOf(curve)(point),
  }));
}

function isBestOf({ bestEpoch }: RunCurve): (point: CurvePoint) => boolean {
  return ({ epoch }) => epoch === bestEpoch;
}

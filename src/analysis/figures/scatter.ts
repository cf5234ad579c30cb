import { CHART_CONFIG, CHART_SIZE, runScales, type FigureSpec } from './chart-theme.js';
import { fullDomain } from './focus-domain.js';
import type { RunCurve } from './run-curve.js';

/**
 * Validation top-1 against validation NLL as a Vega-Lite specification: one point an epoch, one colour a run, the best
 * epoch outlined. This is what Pearson's r is about. Null when no run has an epoch.
 */
export function scatter(curves: readonly RunCurve[]): FigureSpec | null {
  const drawn = curves.filter((curve) => curve.points.length > 0);
  const x = fullDomain(drawn.flatMap((curve) => curve.points.map((point) => point.valNll)));
  const y = fullDomain(drawn.flatMap((curve) => curve.points.map((point) => point.valTop1)));
  if (x === null || y === null) return null;
  const scales = runScales(drawn);
  const mark = { type: 'point', clip: true, filled: true } as const;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    ...CHART_SIZE,
    config: CHART_CONFIG,
    title: {
      text: 'Validation top-1 against validation NLL',
      subtitle: 'One point an epoch, all epochs shown; the best epoch of each run is outlined.',
    },
    data: { values: drawn.flatMap(rowsOf) },
    encoding: {
      x: {
        field: 'nll',
        type: 'quantitative',
        title: 'Validation NLL (nats per text)',
        scale: { domain: [x.low, x.high], zero: false, nice: false },
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
      { transform: [{ filter: '!datum.isBest' }], mark: { ...mark, size: 36, opacity: 0.7 } },
      {
        transform: [{ filter: 'datum.isBest' }],
        mark: { ...mark, size: 110, opacity: 1, stroke: 'black', strokeWidth: 1.2 },
      },
    ],
  };
}

function rowsOf(curve: RunCurve): { run: string; nll: number; top1: number; isBest: boolean }[] {
  return curve.points.map((point) => ({
    run: curve.name,
    nll: point.valNll,
    top1: point.valTop1,
    isBest: point.epoch === curve.bestEpoch,
  }));
}

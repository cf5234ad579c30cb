import { hasMarks, SPLITS, type CurvePoint, type RunCurve, type Split } from './run-curve.js';
import { thinLine } from './thin-curve.js';

// What charts of curves over the epochs have in common: their rows, axis and marks, as parts of a Vega-Lite specification.

/** A point of a line, as a row of a chart's data. */
export interface CurveRow {
  readonly split: Split;
  readonly epoch: number;
  readonly value: number;
  readonly isMarked: boolean;
  readonly isBest: boolean;
}

/** Says what {@link SPLIT_DASH} and {@link bestMark} draw. */
export const LINE_KEY =
  'Solid: validation. Dashed: training (mean over the epoch, with dropout). Diamond: best epoch.';

/** Validation solid, training dashed. */
export const SPLIT_DASH = {
  field: 'split' as const,
  type: 'nominal' as const,
  scale: {
    domain: [...SPLITS],
    range: [
      [1, 0],
      [5, 3],
    ],
  },
};

interface PointMark {
  readonly type: 'point';
  readonly clip: true;
  readonly filled: true;
  readonly opacity: 1;
  /** Area in square pixels. */
  readonly size: number;
}

const POINT = { type: 'point', clip: true, filled: true, opacity: 1 } as const;

/** The rows with a mark, but for the best epoch. */
export const MARKED = [{ filter: 'datum.isMarked && !datum.isBest' }];

export function epochMark(size: number): PointMark {
  return { ...POINT, size };
}

/** The row of the best epoch. */
export const BEST = [{ filter: 'datum.isBest' }];

export function bestMark(
  size: number,
): PointMark & { shape: 'diamond'; stroke: string; strokeWidth: number } {
  return { ...POINT, size, shape: 'diamond', stroke: 'black', strokeWidth: 1 };
}

/** The line of one split, thinned to at most `count` points; the best epoch is always among them. */
export function curveRows(
  curve: RunCurve,
  split: Split,
  count: number,
  valueOf: (point: CurvePoint) => number,
): CurveRow[] {
  const { points, bestEpoch } = curve;
  return thinLine(points, { count, bestEpoch }, valueOf).map((point) => ({
    split,
    epoch: point.epoch,
    value: valueOf(point),
    isMarked: hasMarks(curve, split),
    isBest: split === 'validation' && point.epoch === bestEpoch,
  }));
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
    axis: { format: ',d', tickMinStep: 1 },
    scale: { domain: [first - margin, last + margin], nice: false },
  };
}

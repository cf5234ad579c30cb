import { largestTriangles } from './largest-triangles.js';
import type { CurvePoint } from './run-curve.js';

/** Fewer points than this show no shape. */
const LEAST = 6;

/**
 * The points of a run's curve that are drawn: those that keep the shape of the line, the best epoch always among them.
 *
 * @param count points that the figure has room for in this line; a few more may be kept
 */
export function thinLine(
  points: readonly CurvePoint[],
  { count, bestEpoch }: { readonly count: number; readonly bestEpoch: number | null },
  valueOf: (point: CurvePoint) => number,
): CurvePoint[] {
  const line = points.map((point) => ({ x: point.epoch, y: valueOf(point) }));
  const kept = new Set(largestTriangles(line, Math.max(LEAST, count)));
  return points.filter((point, place) => kept.has(place) || point.epoch === bestEpoch);
}

/** Every k-th point, with the first, the last and the best one. A cloud has no shape that a line would keep. */
export function thinCloud(
  points: readonly CurvePoint[],
  { count, bestEpoch }: { readonly count: number; readonly bestEpoch: number | null },
): CurvePoint[] {
  const step = Math.max(1, Math.ceil(points.length / Math.max(LEAST, count)));
  return points.filter(
    (point, place) =>
      place % step === 0 || place === points.length - 1 || point.epoch === bestEpoch,
  );
}

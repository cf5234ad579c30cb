/** A point of a line, in any unit. */
export interface LinePoint {
  readonly x: number;
  readonly y: number;
}

/**
 * Chooses the points of a line that keep its shape: largest triangle three buckets (S. Steinarsson, Downsampling time
 * series for visual representation, University of Iceland, 2013, section 4.2). The first and the last point stay; the
 * others are divided into buckets, and of each the point stays that makes the largest triangle with the one chosen before
 * and the mean of the next bucket.
 *
 * @param points by rising x
 * @param count points to keep, at least 3
 * @returns places of the kept points, rising; all of them when there are not more than `count`
 */
export function largestTriangles(points: readonly LinePoint[], count: number): number[] {
  const { length } = points;
  if (length <= count) return points.map((_, place) => place);
  const width = (length - 2) / (count - 2); // of a bucket
  const startOf = (bucket: number): number => Math.floor(bucket * width) + 1;
  const kept = [0];
  for (let bucket = 0; bucket < count - 2; bucket++) {
    const before = points[kept.at(-1) ?? 0];
    const next = meanOf(points.slice(startOf(bucket + 1), Math.min(startOf(bucket + 2), length)));
    let best = { place: startOf(bucket), area: -1 };
    for (let place = startOf(bucket); place < startOf(bucket + 1); place++) {
      const area = triangle(before, points[place], next);
      if (area > best.area) best = { place, area };
    }
    kept.push(best.place);
  }
  return [...kept, length - 1];
}

function meanOf(points: readonly LinePoint[]): LinePoint {
  const sum = points.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), {
    x: 0,
    y: 0,
  });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

/** Twice the area: only its order matters. */
function triangle(a: LinePoint | undefined, b: LinePoint | undefined, c: LinePoint): number {
  if (a === undefined || b === undefined) return 0;
  return Math.abs((a.x - c.x) * (b.y - a.y) - (a.x - b.x) * (c.y - a.y));
}

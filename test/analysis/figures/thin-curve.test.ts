import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestTriangles } from '../../../src/analysis/figures/largest-triangles.js';
import { lineChart } from '../../../src/analysis/figures/line-chart.js';
import { runStyle } from '../../../src/analysis/figures/palette.js';
import type { RunCurve } from '../../../src/analysis/figures/run-curve.js';
import { scatter } from '../../../src/analysis/figures/scatter.js';
import { thinCloud, thinLine } from '../../../src/analysis/figures/thin-curve.js';

describe('largestTriangles', () => {
  // Expected: LTTB of the npm package downsample 1.4.0.
  const values = [
    90, 70, 74, 55, 60, 41, 45, 30, 38, 26, 29, 20, 27, 18, 24, 15, 22, 14, 19, 12, 18, 13, 15, 11,
    16, 10, 14, 12, 11, 13,
  ];
  const points = values.map((y, x) => ({ x, y }));

  it.each([
    [5, [0, 7, 15, 20, 29]],
    [8, [0, 1, 7, 11, 16, 19, 24, 29]],
    [12, [0, 1, 5, 6, 9, 12, 15, 18, 21, 24, 28, 29]],
  ])('keeps the %i points that the reference implementation keeps', (count, expected) => {
    expect(largestTriangles(points, count)).toEqual(expected);
  });

  it('keeps as many as were asked for, rising, with both ends', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 80 }),
        fc.integer({ min: 3, max: 90 }),
        (ys, count) => {
          const kept = largestTriangles(
            ys.map((y, x) => ({ x, y })),
            count,
          );
          expect(kept).toHaveLength(Math.min(count, ys.length));
          expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
          expect([kept[0], kept.at(-1)]).toEqual([0, ys.length - 1]);
        },
      ),
    );
  });
});

function curve(name: string, position: number | null, epochs: number): RunCurve {
  return {
    name,
    style: position === null ? null : runStyle(position),
    bestEpoch: epochs - 3,
    points: Array.from({ length: epochs }, (_, epoch) => ({
      ...{ epoch, valNll: 100 + ((epoch * 7) % 5), valTop1: 0.5 },
      ...{ trainNll: 101, trainTop1: 0.5 },
    })),
  };
}

describe('a thinned curve', () => {
  const { points, bestEpoch } = curve('long', 0, 500);

  it('has its best epoch and both ends, as a line and as a cloud', () => {
    for (const kept of [
      thinLine(points, { count: 20, bestEpoch }, (point) => point.valNll),
      thinCloud(points, { count: 20, bestEpoch }),
    ]) {
      const epochs = kept.map(({ epoch }) => epoch);
      expect(epochs).toEqual(expect.arrayContaining([0, 497, 499]));
      expect(epochs.length).toBeLessThan(25);
    }
  });

  it('is whole where there is room for it', () => {
    expect(thinCloud(points, { count: Infinity, bestEpoch })).toEqual(points);
    expect(thinLine(points, { count: Infinity, bestEpoch }, (point) => point.valNll)).toEqual(
      points,
    );
  });
});

describe('a figure of very many runs', () => {
  const many = [
    curve('best', 0, 200),
    ...Array.from({ length: 300 }, (_, index) => curve(`run-${index}`, null, 200)),
  ];

  it('has the runs without a style as one grey line that is broken between them, and says so', () => {
    const text = JSON.stringify(lineChart(many, 'nll'));
    expect(text).toContain('Grey: validation of 300 more runs.');
    expect(text).toContain('Lines are thinned');
    expect(text).toContain('"domain":["best"]');
    expect(text.match(/"epoch":null/g)).toHaveLength(300);
    expect(text.match(/"run":/g)?.length ?? 0).toBeLessThan(20_000);
  });

  it('has one point for each of them beside the epochs of the others', () => {
    const text = JSON.stringify(scatter(many));
    expect(text.match(/"run":"best"/g)).toHaveLength(200);
    expect(text.match(/"run":"run-7"/g)).toHaveLength(1);
  });
});

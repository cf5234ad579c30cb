import { describe, expect, it } from 'vitest';
import { lineChart } from '../../../src/analysis/figures/line-chart.js';
import { runStyle } from '../../../src/analysis/figures/palette.js';
import { drawSvg } from '../../../src/analysis/figures/figure-svg.js';
import type { RunCurve } from '../../../src/analysis/figures/run-curve.js';
import { scatter } from '../../../src/analysis/figures/scatter.js';
import { elementsOf } from './well-formed.js';

function curve(name: string, position: number, valNll: readonly number[]): RunCurve {
  return {
    name,
    style: runStyle(position),
    bestEpoch: valNll.indexOf(Math.min(...valNll)),
    points: valNll.map((nll, epoch) => ({
      epoch,
      valNll: nll,
      valTop1: 1 - nll / 500,
      trainNll: nll + 2,
      trainTop1: 1 - (nll + 2) / 500,
    })),
  };
}

const curves = [
  curve('under-100k', 0, [120, 101, 96, 97]),
  curve('<b>&"5m"', 1, [110, 90, 88, 87]),
  curve('one epoch', 2, [130]),
];

const charts = {
  nll: (runs: readonly RunCurve[]) => lineChart(runs, 'nll'),
  top1: (runs: readonly RunCurve[]) => lineChart(runs, 'top1'),
  scatter,
} as const;

async function draw(kind: keyof typeof charts, runs: readonly RunCurve[]): Promise<string> {
  const spec = charts[kind](runs);
  if (spec === null) throw new Error('nothing to draw');
  return drawSvg(spec);
}

describe.each(['nll', 'top1', 'scatter'] as const)('the figure %s', (kind) => {
  it('is well-formed, names each run and has its colour', async () => {
    const svg = await draw(kind, curves);
    expect(elementsOf(svg)[0]).toBe('svg');
    for (const text of ['>under-100k<', '>&lt;b&gt;&amp;"5m"<', '>one epoch<']) {
      expect(svg).toContain(text);
    }
    for (const { style } of curves) expect(svg).toContain(style?.colour);
  });

  it('is the same text each time, whatever was drawn before', async () => {
    const first = await draw(kind, curves);
    await draw('top1', curves.slice(0, 1));
    expect(await draw(kind, curves)).toBe(first);
  });

  it('leaves out runs without epochs and is nothing without any', async () => {
    const empty = curve('empty', 3, []);
    expect(await draw(kind, [...curves, empty])).toBe(await draw(kind, curves));
    expect(charts[kind]([empty])).toBeNull();
    expect(charts[kind]([])).toBeNull();
  });
});

describe('lineChart', () => {
  it('dashes the training lines only', async () => {
    const svg = await draw('nll', curves.slice(0, 1));
    const lines = svg.match(/<path[^>]*aria-roledescription="line mark"[^>]*>/g) ?? [];
    expect(lines).toHaveLength(2);
    expect(lines.filter((line) => line.includes('stroke-dasharray="5,3"'))).toHaveLength(1);
  });

  it('shows both scores of a run of one epoch as marks', async () => {
    const svg = await draw('nll', [{ ...curve('single', 0, [130]), bestEpoch: null }]);
    expect(svg.match(/aria-roledescription="point"/g)).toHaveLength(2);
  });

  it('says when early epochs lie outside of the axis', async () => {
    const falling = curve('falling', 0, [300, 250, 110, 105, 102, 101, 100, 100, 100, 100]);
    expect(await draw('nll', [falling])).toContain('Some of the first epochs lie outside');
    expect(await draw('nll', curves)).not.toContain('Some of the first epochs lie outside');
  });

  it('keeps apart more runs than there are colours by the shape of the marks', () => {
    const styles = Array.from({ length: 32 }, (_, position) => runStyle(position));
    const looks = styles.map(({ colour, shape }) => `${colour} ${shape}`);
    expect(new Set(looks).size).toBe(32);
    expect(new Set(styles.map((style) => style.colour)).size).toBe(8);
  });
});

it('parts thousands on the axes by narrow spaces, as the tables do', async () => {
  const svg = await draw('nll', [curve('large', 0, [9000, 5000, 1000])]);
  expect(svg).toContain('>5\u202f000<');
  expect(svg).not.toMatch(/>\d,\d{3}</);
});

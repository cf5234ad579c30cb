import { describe, expect, it } from 'vitest';
import { drawSvg } from '../../../src/analysis/figures/figure-svg.js';
import { runStyle } from '../../../src/analysis/figures/palette.js';
import type { RunCurve } from '../../../src/analysis/figures/run-curve.js';
import { runPanels } from '../../../src/analysis/figures/run-panels.js';
import { elementsOf } from './well-formed.js';

function curve(name: string, position: number, nll: readonly number[]): RunCurve {
  const points = nll.map((value, epoch) => ({
    epoch,
    valNll: value,
    valTop1: 0.5,
    trainNll: value + 2,
    trainTop1: 0.5,
  }));
  return { name, style: runStyle(position), bestEpoch: nll.indexOf(Math.min(...nll)), points };
}

const CURVES = [curve('small', 0, [120, 101, 96, 97]), curve('<b>&"5m"', 1, [110, 90, 88, 87])];

describe('runPanels', () => {
  it('draws each run in a panel of its own, in its colour, with its best epoch', async () => {
    const spec = runPanels([...CURVES, curve('empty', 2, [])], []);
    if (spec === null) throw new Error('nothing to draw');
    const svg = await drawSvg(spec);
    expect(elementsOf(svg)[0]).toBe('svg');
    expect(svg).toContain('>small<');
    expect(svg).toContain('>&lt;b&gt;&amp;"5m"<');
    expect(svg).not.toContain('>empty<');
    expect(svg.match(/aria-roledescription="line mark"/g)).toHaveLength(2 * CURVES.length);
    expect(svg.match(/stroke="black"/g)?.length).toBeGreaterThanOrEqual(CURVES.length);
    for (const { style } of CURVES) expect(svg).toContain(style?.colour);
  });

  it('shows long names of a grid to their ends, which are what differs', async () => {
    const names = ['seed=1', 'seed=2'].map(
      (seed) => `train.learningRate=0.003,model.embedding=24/${seed}`,
    );
    const spec = runPanels(
      names.map((name, at) => curve(name, at, [120, 101])),
      [],
    );
    const svg = await drawSvg(spec!);
    const lines = svg.replaceAll(/<\/tspan><tspan[^>]*>/g, '');
    for (const name of names) expect(lines).toContain(`>${name}<`);
  });

  it('is nothing for a single run: the overlaid chart shows it', () => {
    expect(runPanels(CURVES.slice(0, 1), [])).toBeNull();
  });
});

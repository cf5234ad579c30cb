import { describe, expect, it } from 'vitest';
import { QUIET } from '../../../src/analysis/figures/chart-theme.js';
import { drawSvg } from '../../../src/analysis/figures/figure-svg.js';
import { runStyle } from '../../../src/analysis/figures/palette.js';
import { temperatureChart } from '../../../src/analysis/figures/temperature-chart.js';
import type { SampleAnalysis } from '../../../src/analysis/sample-analysis.js';
import { elementsOf } from './well-formed.js';

function sampled(temperature: number, entropy: number | null): SampleAnalysis {
  return {
    temperature,
    seq: 9,
    epoch: 2,
    texts: 4,
    length: 20 * temperature,
    distinct1: 0.5,
    distinct2: 0.75,
    repetition: 0.125,
    knownWords: 0.9,
    copiedTexts: null,
    trigramDivergence: null,
    entropy,
  };
}

describe('temperatureChart', () => {
  it('draws a chart for each measure that was taken, with all runs in it', async () => {
    const spec = temperatureChart([
      { name: 'cool', style: runStyle(5), samples: [sampled(0.1, 0.5), sampled(1, 2)] },
      { name: '<b>', style: null, samples: [sampled(0.1, 0.25), sampled(1, 1.5)] },
    ]);
    if (spec === null) throw new Error('nothing to draw');
    const svg = await drawSvg(spec);
    expect(elementsOf(svg)[0]).toBe('svg');
    for (const text of ['>cool<', '>&lt;b&gt;<', '>Entropy (nats)<', '>Distinct-2<']) {
      expect(svg).toContain(text);
    }
    expect(svg).not.toContain('Copied texts');
    const lines = svg.match(/aria-roledescription="line mark"/g) ?? [];
    expect(lines).toHaveLength(2 * 6);
    const colours = [...svg.matchAll(/line mark" d="[^"]*" stroke="([^"]+)"/g)].map(
      ([, one]) => one,
    );
    expect(new Set(colours)).toEqual(new Set([runStyle(5).colour, QUIET]));
  });

  it('has a plain number on the axis of a measure that never changes', async () => {
    const samples = [0.1, 1].map((temperature) => ({ ...sampled(temperature, 1), copiedTexts: 0 }));
    const svg = await drawSvg(temperatureChart([{ name: 'cool', style: runStyle(0), samples }])!);
    expect(svg).toContain('>Copied texts<');
    expect(svg).not.toContain('>0.000');
  });

  it('marks a run whose colour repeats with the shape that it has in the other figures', async () => {
    const samples = [sampled(0.1, 0.5), sampled(1, 2)];
    const shapes = async (position: number): Promise<string | undefined> => {
      const spec = temperatureChart([{ name: 'run', style: runStyle(position), samples }]);
      if (spec === null) throw new Error('nothing to draw');
      const svg = await drawSvg(spec);
      return /aria-roledescription="point"[^>]* d="([^"]+)"/.exec(svg)?.[1];
    };
    expect(await shapes(8)).toBeDefined();
    expect(await shapes(8)).not.toBe(await shapes(0));
  });

  it('leaves out a run of one temperature and is nothing without another', () => {
    const single = { name: 'single', style: runStyle(0), samples: [sampled(1, 2)] };
    expect(temperatureChart([single])).toBeNull();
    expect(temperatureChart([])).toBeNull();
    const spec = temperatureChart([
      single,
      { name: 'grid', style: runStyle(1), samples: [sampled(0.5, 1), sampled(1, 2)] },
    ]);
    expect(JSON.stringify(spec)).not.toContain('single');
  });
});

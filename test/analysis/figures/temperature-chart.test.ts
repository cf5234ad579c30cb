import { describe, expect, it } from 'vitest';
import { drawFigure } from '../../../src/analysis/figures/draw-figure.js';
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
      { name: 'cool', samples: [sampled(0.1, 0.5), sampled(1, 2)] },
      { name: '<b>', samples: [sampled(0.1, 0.25), sampled(1, 1.5)] },
    ]);
    if (spec === null) throw new Error('nothing to draw');
    const { svg } = await drawFigure(spec);
    expect(elementsOf(svg)[0]).toBe('svg');
    for (const text of ['>cool<', '>&lt;b&gt;<', '>Entropy (nats)<', '>Distinct-2<']) {
      expect(svg).toContain(text);
    }
    expect(svg).not.toContain('Copied texts');
    const lines = svg.match(/aria-roledescription="line mark"/g) ?? [];
    expect(lines).toHaveLength(2 * 6);
  });

  it('leaves out a run of one temperature and is nothing without another', () => {
    const single = { name: 'single', samples: [sampled(1, 2)] };
    expect(temperatureChart([single])).toBeNull();
    expect(temperatureChart([])).toBeNull();
    const spec = temperatureChart([
      single,
      { name: 'grid', samples: [sampled(0.5, 1), sampled(1, 2)] },
    ]);
    expect(JSON.stringify(spec)).not.toContain('single');
  });
});

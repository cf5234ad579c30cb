import { describe, expect, it } from 'vitest';
import { drawFiles, type DrawnFiles } from '../../../../src/analysis/figures/drawing/drawing.js';
import { drawSvg } from '../../../../src/analysis/figures/figure-svg.js';
import { lineChart } from '../../../../src/analysis/figures/line-chart.js';
import { runStyle } from '../../../../src/analysis/figures/palette.js';

/** Curves of a run of two epochs. */
async function draw(name: string): Promise<DrawnFiles & { readonly svg: string }> {
  const points = [130, 120].map((nll, epoch) => {
    const top1 = 1 - nll / 500;
    return { epoch, valNll: nll, valTop1: top1, trainNll: nll + 2, trainTop1: top1 };
  });
  const svg = await drawSvg(
    lineChart([{ name, style: runStyle(0), bestEpoch: 1, points }], 'nll')!,
  );
  return {
    svg,
    ...(await drawFiles({ file: 'curves', svg, png: true, pdf: true, title: 'Curves' })),
  };
}

describe('a figure as PNG and PDF', () => {
  it('has twice the pixels of the SVG, and points of its size', async () => {
    const { svg, png, pdf } = await draw('small');
    const [, width = '', height = ''] = / width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
    const header = new DataView(png!.slice().buffer);
    expect([header.getUint32(16), header.getUint32(20)]).toEqual([+width * 2, +height * 2]);
    const text = Buffer.from(pdf!).toString('latin1');
    expect(text).toMatch(/^%PDF-1\.\d/);
    expect(text).toContain(`/MediaBox [0 0 ${+width * 0.75} ${+height * 0.75}]`);
  });

  it('is the same bytes each time, with the fonts in it', async () => {
    const first = await draw('small');
    const again = await draw('small');
    for (const kind of ['png', 'pdf'] as const)
      expect(Buffer.from(again[kind]!).equals(first[kind]!)).toBe(true);
    const text = Buffer.from(first.pdf!).toString('latin1');
    expect(new Set(text.match(/\+DejaVuSans[\w-]*/g))).toEqual(
      new Set(['+DejaVuSans', '+DejaVuSans-Bold']),
    );
  });

  it('draws texts that the font lacks with those of the machine, as outlines', async () => {
    const { pdf, png } = await draw('中文');
    expect(png!.length).toBeGreaterThan(10_000);
    expect(Buffer.from(pdf!).toString('latin1')).not.toContain('+DejaVuSans');
  });

  it('is drawn where it is asked for only', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>';
    const asked = { file: 'none', svg, png: false, pdf: false, title: '' };
    expect(await drawFiles(asked)).toEqual({ png: null, pdf: null });
  });
});

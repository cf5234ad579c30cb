import type { FigureSpec } from './chart-theme.js';
import { compileFigure } from './compile-figure.js';
import { drawPdf } from './figure-pdf.js';
import { drawPng } from './figure-png.js';

/** A figure as files; null where not asked for. The same specification gives the same bytes. */
export interface DrawnFigure {
  readonly svg: string;
  readonly png: Uint8Array | null;
  readonly pdf: Uint8Array | null;
}

export interface FigureKinds {
  readonly png?: boolean;
  readonly pdf?: boolean;
  /** Of the PDF document. @default none */
  readonly title?: string;
}

/** Draws a Vega-Lite specification as SVG, and the SVG as PNG and PDF, without a browser. */
export async function drawFigure(
  spec: FigureSpec,
  { png = false, pdf = false, title = '' }: FigureKinds = {},
): Promise<DrawnFigure> {
  const svg = await renderSvg(spec);
  return {
    svg,
    png: png ? await drawPng(svg) : null,
    pdf: pdf ? await drawPdf(svg, title) : null,
  };
}

async function renderSvg(spec: FigureSpec): Promise<string> {
  const compiled = await compileFigure(spec);
  const vega = await import('vega');
  // Ids of clip paths are counted over the whole process: without a fresh start they depend on what was drawn before.
  vega.resetSVGDefIds();
  const view = new vega.View(vega.parse(compiled), {
    renderer: 'none',
    logLevel: vega.Error,
  });
  try {
    return `${await view.toSVG()}\n`;
  } finally {
    view.finalize();
  }
}

import type { FigureSpec } from './chart-theme.js';
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

/** Vega and Vega-Lite take a good part of a second to load: they are imported here, when the first figure is drawn. */
async function renderSvg(spec: FigureSpec): Promise<string> {
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
  const compiled = vegaLite.compile(spec, { logger: vega.logger(vega.Error) });
  // Ids of clip paths are counted over the whole process: without a fresh start they depend on what was drawn before.
  vega.resetSVGDefIds();
  const view = new vega.View(vega.parse(compiled.spec), {
    renderer: 'none',
    logLevel: vega.Error,
  });
  try {
    return `${await view.toSVG()}\n`;
  } finally {
    view.finalize();
  }
}

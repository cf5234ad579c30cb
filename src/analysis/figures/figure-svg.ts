import type { FigureSpec } from './chart-theme.js';
import { compileFigure } from './compile-figure.js';

/**
 * Draws a Vega-Lite specification as SVG, without a browser. The same specification gives the same text, when figures are
 * drawn one after the other.
 */
export async function drawSvg(spec: FigureSpec): Promise<string> {
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

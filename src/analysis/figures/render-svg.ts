import type { FigureSpec } from './chart-theme.js';

/**
 * Draws a Vega-Lite specification as SVG, without a browser. The same specification gives the same text.
 *
 * Vega and Vega-Lite take a good part of a second to load: they are imported here, when the first figure is drawn.
 */
export async function renderSvg(spec: FigureSpec): Promise<string> {
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

import type { Spec } from 'vega';
import type { FigureSpec } from './chart-theme.js';

/** The Vega specification of a figure. Vega-Lite takes part of a second to load: not before the first figure. */
export async function compileFigure(spec: FigureSpec): Promise<Spec> {
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
  return vegaLite.compile(spec, { logger: vega.logger(vega.Error) }).spec;
}

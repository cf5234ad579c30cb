import { parse, View, type Runtime, type Spec } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { HIDDEN_SIGNAL, type FigureData } from '../page-data.js';
import { unpackRows, type Row } from './unpack.js';

/** A figure on the page. */
export interface DrawnFigure {
  readonly view: View;
  /** The rows of all data sets that came with the page. */
  readonly rows: readonly Row[];
  /** Leaves out these entries of the legend. */
  hide(entries: readonly string[]): void;
}

/** A figure is never narrower than this many pixels: on a small screen it scrolls. */
const LEAST_WIDTH = 300;

/** Draws a figure as SVG, with expressions interpreted: the page allows no code that is made from text. */
export function drawFigure(plot: HTMLElement, data: FigureData): DrawnFigure {
  const spec: Spec = { ...data.vega };
  const rows: Row[] = [];
  for (const set of spec.data ?? []) {
    const packed = data.rows[set.name];
    if (packed === undefined) continue;
    const values = unpackRows(packed);
    Object.assign(set, { values });
    rows.push(...values);
  }
  const runtime: Runtime = parse(spec, undefined, { ast: true });
  const view = new View(runtime, { renderer: 'svg', expr: expressionInterpreter });
  const drawing = document.createElement('div');
  plot.replaceChildren(drawing);
  const fit = (): void => {
    if (data.isFluid) view.width(Math.max(LEAST_WIDTH, plot.clientWidth));
  };
  fit();
  view.initialize(drawing).run();
  if (data.isFluid) {
    window.addEventListener('resize', () => {
      fit();
      view.run();
    });
  }
  return {
    view,
    rows,
    hide: (entries) => {
      if (data.legend !== null) view.signal(HIDDEN_SIGNAL, entries).run();
    },
  };
}

import { figureDataSchema } from '../page-data.js';
import { drawFigure, type DrawnFigure } from './draw-figure.js';
import { readJson } from './json.js';
import { createLegend } from './legend.js';
import { startPoints } from './points.js';
import { startNumbers } from './numbers.js';
import { createZoomButtons } from './zoom.js';

/** Figures are drawn when they come near the screen, or when the page is printed. */
const NEAR = '300px';

/** Draws the figures of the page. An entry that is switched off in one legend is off in all figures that have it. */
export function startFigures(): void {
  const waiting = new Set(document.querySelectorAll<HTMLElement>('figure[data-figure]'));
  const hidden = new Set<string>();
  const drawn: { readonly figure: DrawnFigure; update(): void }[] = [];
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting && target instanceof HTMLElement) draw(target);
      }
    },
    { rootMargin: NEAR },
  );
  for (const figure of waiting) observer.observe(figure);
  window.addEventListener('beforeprint', () => {
    for (const figure of waiting) draw(figure);
  });

  function draw(figure: HTMLElement): void {
    const script = figure.querySelector('script');
    const plot = figure.querySelector<HTMLElement>('.plot');
    if (script === null || plot === null || !waiting.delete(figure)) return;
    observer.unobserve(figure);
    const data = figureDataSchema.parse(readJson(script));
    const one = drawFigure(plot, data);
    const legend = createLegend(data.legend, hidden, update);
    const refresh = (): void => {
      legend?.update();
      one.hide([...hidden]);
    };
    drawn.push({ figure: one, update: refresh });
    if (hidden.size > 0) refresh();
    const tools = figure.querySelector('.tools');
    if (data.axes !== null) {
      tools?.append(...createZoomButtons(one, data.axes));
      startPoints(plot, one, data, hidden);
    }
    if (legend !== null) plot.after(legend.element);
    startNumbers(figure, one, data);
  }

  function update(): void {
    for (const one of drawn) one.update();
  }
}

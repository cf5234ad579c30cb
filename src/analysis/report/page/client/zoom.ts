import { ZOOM, type FigureAxis } from '../page-data.js';
import type { DrawnFigure } from './draw-figure.js';
import { button } from './element.js';
import { domainOf } from './scale.js';

/** What one press of a button leaves of the range, or takes back. */
const FACTOR = 1.5;

/** Buttons that zoom about the middle; the mouse does it too (wheel with Shift, and drag). */
export function createZoomButtons(
  figure: DrawnFigure,
  axes: { readonly x: FigureAxis; readonly y: FigureAxis },
): HTMLElement[] {
  const { view } = figure;
  const scale = (factor: number): void => {
    for (const channel of ['x', 'y'] as const) {
      const [low = 0, high = 1] = domainOf(view.scale(channel));
      const middle = (low + high) / 2;
      const half = ((high - low) / 2) * factor;
      view.signal(`${ZOOM}_${axes[channel].field}`, [middle - half, middle + half]);
    }
    view.run();
  };
  const zoomIn = button('Zoom in', () => {
    scale(1 / FACTOR);
  });
  const zoomOut = button('Zoom out', () => {
    scale(FACTOR);
  });
  const reset = button('Reset', () => {
    for (const { field } of [axes.x, axes.y]) view.signal(`${ZOOM}_${field}`, null);
    view.run();
  });
  return [zoomIn, zoomOut, reset];
}

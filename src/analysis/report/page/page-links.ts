import type { FigureFile } from '../formats.js';

/** The files beside a page that it links: those that are written with it. */
export interface PageLinks {
  readonly figures: readonly FigureFile[];
  readonly tables: boolean;
}

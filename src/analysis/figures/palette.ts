/** How one run looks in every figure of a report. */
export interface RunStyle {
  readonly colour: string;
  readonly shape: 'circle' | 'square' | 'triangle-up' | 'cross';
}

/**
 * Colours that people with any common colour blindness tell apart (M. Okabe and K. Ito, Color Universal Design, 2008).
 * Yellow comes last: it is hard to see on white.
 */
export const COLOURS = [
  '#0072B2',
  '#D55E00',
  '#009E73',
  '#CC79A7',
  '#E69F00',
  '#56B4E9',
  '#000000',
  '#F0E442',
] as const;

/** The colours repeat after eight runs: the shape of the points then tells them apart. */
const SHAPES = ['circle', 'square', 'triangle-up', 'cross'] as const;

/** The style of the run at this place (from 0) among all runs of a report. */
export function runStyle(position: number): RunStyle {
  const colour = COLOURS[position % COLOURS.length] ?? COLOURS[0];
  const shape = SHAPES[Math.floor(position / COLOURS.length) % SHAPES.length] ?? SHAPES[0];
  return { colour, shape };
}

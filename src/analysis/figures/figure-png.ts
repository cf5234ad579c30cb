import type { Resvg } from '@resvg/resvg-js';
import { FIGURE_FONT, figureFontFiles, needsOtherFonts } from './figure-fonts.js';

/** Pixels of a CSS pixel: sharp on screens that have two, and at 190 dpi in print. */
const SCALE = 2;

/** An SVG as PNG, with twice as many pixels as it has CSS pixels. */
export async function drawPng(svg: string): Promise<Uint8Array> {
  return (await load(svg)).render().asPng();
}

/** The SVG with all texts as outlines, for what has not the machine's fonts. */
export async function outlineTexts(svg: string): Promise<string> {
  return (await load(svg)).toString();
}

/** The machine's fonts are looked through only where they are needed: then the bytes depend on them. */
async function load(svg: string): Promise<Resvg> {
  const { Resvg } = await import('@resvg/resvg-js');
  const { regular, bold } = figureFontFiles();
  return new Resvg(svg, {
    fitTo: { mode: 'zoom', value: SCALE },
    font: {
      loadSystemFonts: needsOtherFonts(svg),
      fontFiles: [regular, bold],
      defaultFontFamily: FIGURE_FONT,
      sansSerifFamily: FIGURE_FONT,
    },
  });
}

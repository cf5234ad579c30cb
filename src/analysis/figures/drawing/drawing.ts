import { drawPdf } from '../figure-pdf.js';
import { drawPng } from '../figure-png.js';

/** A figure as SVG, and what is to be drawn of it. */
export interface Drawing {
  /** What it is called in an error: the name of its files. */
  readonly file: string;
  readonly svg: string;
  readonly png: boolean;
  readonly pdf: boolean;
  /** Of the PDF document. */
  readonly title: string;
}

/** A figure as files; null where not asked for. */
export interface DrawnFiles {
  readonly png: Uint8Array | null;
  readonly pdf: Uint8Array | null;
}

/** Draws an SVG as PNG and PDF. The same SVG gives the same bytes. */
export async function drawFiles({ svg, png, pdf, title }: Drawing): Promise<DrawnFiles> {
  return {
    png: png ? await drawPng(svg) : null,
    pdf: pdf ? await drawPdf(svg, title) : null,
  };
}

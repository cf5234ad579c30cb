import { figureFontFiles, needsOtherFonts } from './figure-fonts.js';
import { outlineTexts } from './figure-png.js';

/** Points of a CSS pixel. */
const POINTS = 72 / 96;

/** An SVG that Vega drew as a PDF of one page of its size, with texts that can be searched and copied. */
export async function drawPdf(svg: string, title: string): Promise<Uint8Array> {
  const [{ default: PDFDocument }, { default: svgToPdf }] = await Promise.all([
    import('pdfkit'),
    import('svg-to-pdfkit'),
  ]);
  const { width, height } = sizeOf(svg);
  const document = new PDFDocument({
    size: [width, height],
    margin: 0,
    // pdfkit must have a date, and makes the file's ID of it: the same figure must give the same bytes.
    info: { Title: title, CreationDate: new Date(0) },
  });
  const { regular, bold } = figureFontFiles();
  document.registerFont('regular', regular);
  document.registerFont('bold', bold);
  svgToPdf(document, await prepare(svg), 0, 0, {
    width,
    height,
    fontCallback: (_family, isBold) => (isBold ? 'bold' : 'regular'),
  });
  document.end();
  const chunks: Uint8Array[] = [];
  for await (const chunk of document) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** Points. */
function sizeOf(svg: string): { width: number; height: number } {
  const [, width, height] = /^<svg[^>]* width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  if (width === undefined || height === undefined) throw new Error('the SVG has no size');
  return { width: Number(width) * POINTS, height: Number(height) * POINTS };
}

async function prepare(svg: string): Promise<string> {
  // A solid line as Vega writes it; pdfkit refuses a pattern with a gap of 0.
  const solid = svg.replaceAll(' stroke-dasharray="1,0"', '');
  // Only the font above can be put into the file; others as outlines.
  return needsOtherFonts(svg) ? await outlineTexts(solid) : solid;
}

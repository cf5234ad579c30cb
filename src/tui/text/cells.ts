import stringWidth from 'string-width';

/** Texts measured and cut by the cells they take on a terminal, not by their characters. */

/** Signs of which each takes one cell, as most texts are made of: Latin letters, arrows, lines, blocks and braille. */
const NARROW =
  /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2190-\u21ff\u2248\u2264\u2500-\u25fc\u276f\u2800-\u28ff]*$/;

/** Cells that a text without control characters takes. */
export function cellWidth(text: string): number {
  return NARROW.test(text) ? text.length : stringWidth(text);
}

/** A text in at most `width` cells; one that is cut ends with `ellipsis`. */
export function clip(text: string, width: number, ellipsis = '…'): string {
  if (width <= 0) return '';
  if (cellWidth(text) <= width) return text;
  const room = width - cellWidth(ellipsis);
  if (room < 0) return '.'.repeat(width);
  if (NARROW.test(text)) return text.slice(0, room) + ellipsis;
  return takeCells(graphemesOf(text), room).join('') + ellipsis;
}

/** The beginning and the end of a text in at most `width` cells: names often differ only at their ends. */
export function clipMiddle(text: string, width: number, ellipsis = '…'): string {
  const room = width - cellWidth(ellipsis);
  if (cellWidth(text) <= width || room < 2) return clip(text, width, ellipsis);
  const start = takeCells(graphemesOf(text), Math.ceil(room / 2));
  const end = takeCells(graphemesOf(text).toReversed(), Math.floor(room / 2));
  return `${start.join('')}${ellipsis}${end.toReversed().join('')}`;
}

/** Made when a text needs it: it takes 20 ms, and most texts are cut without it. */
let graphemes: Intl.Segmenter | undefined;

function graphemesOf(text: string): string[] {
  graphemes ??= new Intl.Segmenter();
  return [...graphemes.segment(text)].map(({ segment }) => segment);
}

/** As many of the first graphemes as fit. */
function takeCells(segments: readonly string[], width: number): string[] {
  let used = 0;
  const end = segments.findIndex((segment) => {
    used += cellWidth(segment);
    return used > width;
  });
  return segments.slice(0, end === -1 ? segments.length : end);
}

/** The end of a text in at most `width` cells; one that is cut begins with two dots. */
export function clipStart(text: string, width: number): string {
  if (cellWidth(text) <= width) return text;
  const mark = '..';
  const end = takeCells(graphemesOf(text).toReversed(), width - mark.length);
  return mark + end.toReversed().join('');
}

/** A text in exactly `width` cells, its rest blank. */
export function fit(
  text: string,
  width: number,
  align: 'left' | 'right' = 'left',
  ellipsis?: string,
): string {
  const cut = clip(text, width, ellipsis);
  const blank = ' '.repeat(Math.max(0, width - cellWidth(cut)));
  return align === 'left' ? cut + blank : blank + cut;
}

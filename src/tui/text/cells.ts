import stringWidth from 'string-width';

/** Texts measured and cut by the cells they take on a terminal, not by their characters. */

/** Signs of which each takes one cell, as most texts are made of: Latin letters, arrows, lines, blocks and braille. */
const NARROW =
  /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2190-\u21ff\u2248\u2264\u2500-\u25fc\u276f\u2800-\u28ff]*$/;
const graphemes = new Intl.Segmenter();

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
  let kept = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    const next = used + cellWidth(segment);
    if (next > room) break;
    kept += segment;
    used = next;
  }
  return kept + ellipsis;
}

/** The end of a text in at most `width` cells; one that is cut begins with two dots. */
export function clipStart(text: string, width: number): string {
  if (cellWidth(text) <= width) return text;
  const mark = '..';
  let kept = '';
  let used = mark.length;
  for (const { segment } of [...graphemes.segment(text)].toReversed()) {
    used += cellWidth(segment);
    if (used > width) break;
    kept = segment + kept;
  }
  return mark + kept;
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

import wrapAnsi from 'wrap-ansi';
import { clip } from './cells.js';
import type { Span } from './spans.js';

/** A long text on several lines, broken between words where it can be; the last of `most` lines is cut. */
export function wrapSpan(span: Span, width: number, most: number, ellipsis: string): Span[][] {
  const lines = wrapAnsi(span.text, width, { hard: true }).split('\n');
  const shown = lines.slice(0, most);
  const rest = lines.slice(most - 1).join(' ');
  return shown.map((text, index) => [
    { ...span, text: index === most - 1 ? clip(rest, width, ellipsis) : text },
  ]);
}

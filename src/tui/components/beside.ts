import { type Span, spansWidth } from '../text/spans.js';

/** Cells between two blocks. */
const GAP = 2;

/** The widths of two blocks that share a line: the left one is no wider than the right one. */
export function halves(width: number): readonly [left: number, right: number] {
  const left = Math.floor((width - GAP) / 2);
  return [left, width - left - GAP];
}

/** Two blocks of lines beside one another, as tall as the taller one. */
export function beside(
  left: readonly Span[][],
  right: readonly Span[][],
  leftWidth: number,
): Span[][] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, row) => {
    const line = left[row] ?? [];
    const blank = leftWidth + GAP - spansWidth(line);
    return [...line, { text: ' '.repeat(blank) }, ...(right[row] ?? [])];
  });
}

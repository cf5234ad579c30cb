import { cellWidth, clip } from './cells.js';

/** The eight colours and their bright forms that every colour terminal has. */
export type Color =
  'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'white' | 'gray' | 'cyanBright';

/** A piece of a line in one style. */
export interface Span {
  readonly text: string;
  readonly color?: Color | undefined;
  readonly bold?: boolean | undefined;
  readonly dim?: boolean | undefined;
  readonly inverse?: boolean | undefined;
}

/** Whether two spans look alike, whatever their texts. */
export function isSameStyle(one: Span, other: Span): boolean {
  return (
    one.color === other.color &&
    (one.bold ?? false) === (other.bold ?? false) &&
    (one.dim ?? false) === (other.dim ?? false) &&
    (one.inverse ?? false) === (other.inverse ?? false)
  );
}

/** Cells of a row of spans. */
export function spansWidth(spans: readonly Span[]): number {
  return spans.reduce((sum, { text }) => sum + cellWidth(text), 0);
}

/** Spans in at most `width` cells; the last one that is seen is cut. */
export function clipSpans(spans: readonly Span[], width: number, ellipsis?: string): Span[] {
  if (spansWidth(spans) <= width) return [...spans];
  const kept: Span[] = [];
  let left = width;
  for (const span of spans) {
    const cells = cellWidth(span.text);
    // The sign of what is missing needs a cell: the span that reaches the edge is cut, not the one after it.
    if (cells >= left) {
      kept.push({
        ...span,
        text: clip(`${span.text}${cells === left ? ' ' : ''}`, left, ellipsis),
      });
      break;
    }
    kept.push(span);
    left -= cells;
  }
  return kept;
}

/** A value with its name before it. */
export function labelled(label: string, value: string): Span[] {
  return [{ text: `${label} `, dim: true }, { text: value }];
}

/** One of several parts of a line, such as `elapsed 12m`. */
export type Part = readonly Span[];

/**
 * As many parts as fit, in their order, with two cells between them: the first are the ones that matter.
 *
 * @param right ends at the right edge, and counts before all others
 */
export function joinParts(parts: readonly Part[], width: number, right: Part = []): Span[] {
  const rightWidth = spansWidth(right);
  let room = width - (rightWidth === 0 ? 0 : rightWidth + GAP);
  const line: Span[] = [];
  for (const part of parts.filter((one) => one.length > 0)) {
    const gap = line.length === 0 ? 0 : GAP;
    const cells = spansWidth(part) + gap;
    if (cells > room) {
      if (line.length === 0) line.push(...clipSpans(part, Math.max(0, room)));
      break;
    }
    if (gap > 0) line.push({ text: ' '.repeat(gap) });
    line.push(...part);
    room -= cells;
  }
  if (rightWidth === 0) return line;
  const blank = Math.max(0, width - spansWidth(line) - rightWidth);
  return clipSpans([...line, { text: ' '.repeat(blank) }, ...right], width);
}

/** All parts, in their order, on as many lines as they need; what is beyond the last line is left out. */
export function wrapParts(parts: readonly Part[], width: number, most: number): Span[][] {
  const lines: Span[][] = [];
  let left = parts.filter((part) => part.length > 0);
  while (left.length > 0 && lines.length < most) {
    let count = 1;
    while (count < left.length && widthOf(left.slice(0, count + 1)) <= width) count += 1;
    lines.push(joinParts(left.slice(0, count), width));
    left = left.slice(count);
  }
  return lines;
}

function widthOf(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => sum + spansWidth(part), GAP * (parts.length - 1));
}

const GAP = 2;

import { tableTexts, cellSource, type Table } from '../../tables/table.js';
import { breakableParts, isLongText, isLongWord } from './long-text.js';

/** Points of the letters of a printed table, where they can be so large. */
const USUAL = 7.5;
/** Smaller ones cannot be read: a table that is still wider makes the browser print the whole page smaller. */
const LEAST = 5;
/** Width of A4 between its margins, 180 mm, and of the space beside a column, in points. */
const PAPER = 510;
const GAP = 6;
/** Widths of a character in the widest of the usual fonts, as parts of its size: of a digit, and of a bold letter. */
const DIGIT = 0.64;
const BOLD = 0.72;

/**
 * Size in points with which a table fits on paper, so that its browser need not print all else smaller too; null where
 * the usual one does.
 *
 * @param rows as many as are printed
 */
export function printSize(table: Table, rows: number): number | null {
  const printed = { ...table, rows: table.rows.slice(0, rows) };
  const texts = tableTexts(printed);
  const widths = table.columns.map(({ title }, column) =>
    Math.max(
      BOLD *
        longest(title.split(' ').flatMap((word) => (isLongWord(word) ? cutText(word) : [word]))),
      ...texts.map((row, index) => {
        const text = row[column] ?? '';
        const isWhole =
          cellSource(printed.rows[index]?.[column] ?? null) !== null && !isLongText(text);
        return DIGIT * longest(isWhole ? [text] : cutText(text));
      }),
    ),
  );
  const ems = widths.reduce((sum, width) => sum + width, 0);
  const size = Math.floor((10 * (PAPER - GAP * widths.length)) / ems) / 10;
  return size >= USUAL ? null : Math.max(LEAST, size);
}

function cutText(text: string): string[] {
  return text.split(/[\s-]/).flatMap(breakableParts);
}

function longest(parts: readonly string[]): number {
  return Math.max(...parts.map((part) => part.length));
}

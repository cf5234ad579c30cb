import stringWidth from 'string-width';
import { pc } from './colors.js';

/** A column of a terminal table. */
export interface TerminalColumn {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/** Lines between cells would only be noise: columns are told apart by two spaces. */
const GAP = '  ';

/**
 * Rows under bold titles, as text for the terminal. Widths count what is seen, so colours and wide characters fit; a cell
 * may have several lines.
 */
export function formatTable(
  columns: readonly TerminalColumn[],
  rows: readonly (readonly string[])[],
): string {
  const head = columns.map(({ title }) => pc.bold(title));
  const lines = [head, ...rows].flatMap(linesOfRow);
  const widths = columns.map((_, column) =>
    lines.reduce((most, line) => Math.max(most, cellWidth(line[column] ?? '')), 0),
  );
  const padded = (line: readonly string[]): string[] =>
    columns.map(({ align }, column) => {
      const cell = line[column] ?? '';
      const blank = ' '.repeat((widths[column] ?? 0) - cellWidth(cell));
      return align === 'right' ? blank + cell : cell + blank;
    });
  return lines.map((line) => padded(line).join(GAP).trimEnd()).join('\n');
}

/** A row whose cells have several lines takes several lines. */
function linesOfRow(row: readonly string[]): (readonly string[])[] {
  if (!row.some((cell) => cell.includes('\n'))) return [row];
  const cells = row.map((cell) => cell.split('\n'));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) => cells.map((lines) => lines[line] ?? ''));
}

/** Most cells are of letters, digits and dashes that take one place each, and counting is faster than measuring. */
const ONE_PLACE_EACH = /^[ -~–−]*$/;

function cellWidth(cell: string): number {
  return ONE_PLACE_EACH.test(cell) ? cell.length : stringWidth(cell);
}

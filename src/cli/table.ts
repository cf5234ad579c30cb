import Table from 'cli-table3';
import stringWidth from 'string-width';
import { pc } from './colors.js';

/** A column of a terminal table. */
export interface TerminalColumn {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/** Lines between cells would only be noise: columns are told apart by two spaces. */
const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
} as const;

/** The layout compares each row with each other one: a long table is laid out in pieces. */
const ROWS_AT_ONCE = 100;

/** Rows under bold titles, as text for the terminal. Widths count what is seen, so colours and wide characters fit. */
export function formatTable(
  columns: readonly TerminalColumn[],
  rows: readonly (readonly string[])[],
): string {
  const head = columns.map(({ title }) => pc.bold(title));
  if (rows.length <= ROWS_AT_ONCE) return layOut(columns, rows, { head });
  const widths = columns.map((_, column) =>
    [head, ...rows].reduce((most, row) => Math.max(most, stringWidth(row[column] ?? '')), 0),
  );
  const pieces: string[] = [];
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    const piece = rows.slice(start, start + ROWS_AT_ONCE);
    pieces.push(layOut(columns, piece, { head: start === 0 ? head : [], colWidths: widths }));
  }
  return pieces.join('\n');
}

function layOut(
  columns: readonly TerminalColumn[],
  rows: readonly (readonly string[])[],
  options: { head: string[]; colWidths?: number[] },
): string {
  const table = new Table({
    ...options,
    colAligns: columns.map(({ align = 'left' }) => align),
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString().replaceAll(/[ \t]+$/gm, '');
}

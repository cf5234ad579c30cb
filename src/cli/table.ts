import Table from 'cli-table3';
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

/** Rows under bold titles, as text for the terminal. Widths count what is seen, so colours and wide characters fit. */
export function formatTable(
  columns: readonly TerminalColumn[],
  rows: readonly (readonly string[])[],
): string {
  const table = new Table({
    head: columns.map(({ title }) => pc.bold(title)),
    colAligns: columns.map(({ align = 'left' }) => align),
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString().replaceAll(/[ \t]+$/gm, '');
}

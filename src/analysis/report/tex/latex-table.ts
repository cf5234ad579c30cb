import { tableTexts, type Table } from '../../tables/table.js';
import { provenanceText } from '../../provenance.js';
import type { TableBlock } from '../report.js';
import { tableSources } from '../table-sources.js';
import { inlineLatex } from './inline-latex.js';
import { escapeLatex, latexComment } from './latex-text.js';

/** A table of more rows is set over several pages. */
const MOST_ROWS = 40;
/** Longest text, in characters, that a column sets in one line. */
const MOST_CHARACTERS = 36;
/** Share of the line that all columns of long texts have together. */
const TEXT_SHARE = 0.6;
/** Characters of a row that fit on a line of A4 in each size. */
const SIZES = [
  { name: 'small', characters: 90 },
  { name: 'footnotesize', characters: 108 },
  { name: 'scriptsize', characters: 135 },
  { name: 'tiny', characters: Infinity },
] as const;

/** A table with the lines of booktabs, numbers as the other formats have them; comments below say where they come from. */
export function latexTable({ name, file, caption, table }: TableBlock): string {
  const texts = tableTexts(table);
  const widths = table.columns.map((column, index) =>
    Math.max(column.title.length, ...texts.map((row) => row[index]?.length ?? 0)),
  );
  const title = caption.length === 0 ? escapeLatex(name) : inlineLatex(caption);
  const parts = {
    columns: columnTypes(table.columns, widths),
    head: rowOf(table.columns.map((column) => `\\textbf{${escapeLatex(column.title)}}`)),
    body: texts.map((row) => rowOf(row.map(escapeLatex))).join('\n'),
    caption: `\\caption{${title}}\\label{tab:${file}}`,
    size: `\\${sizeFor(widths)}`,
  };
  return [setTable(parts, table.rows.length), ...sourceComments(name, table)].join('\n');
}

/** Over several pages where it is long. */
export function setTable(parts: TableParts, rows: number): string {
  return rows > MOST_ROWS ? longTable(parts) : shortTable(parts);
}

/** A table in LaTeX. */
export interface TableParts {
  /** Types of the columns. */
  readonly columns: string;
  readonly head: string;
  readonly body: string;
  /** Empty for none. */
  readonly caption: string;
  readonly size: string;
}

/** Scaled down where it is still wider than the page. */
function shortTable({ columns, head, body, caption, size }: TableParts): string {
  return [
    '\\begin{table}[H]',
    ...(caption === '' ? [] : [caption]),
    '\\centering',
    `${size}\\fittowidth{\\begin{tabular}{@{}${columns}@{}}`,
    `\\toprule\n${head}\n\\midrule\n${body}\n\\bottomrule`,
    '\\end{tabular}}',
    '\\end{table}',
  ].join('\n');
}

function longTable({ columns, head, body, caption, size }: TableParts): string {
  return [
    `{${size}`,
    `\\begin{longtable}{@{}${columns}@{}}`,
    ...(caption === '' ? [] : [`${caption}\\\\`]),
    `\\toprule\n${head}\n\\midrule\n\\endfirsthead`,
    `\\toprule\n${head}\n\\midrule\n\\endhead`,
    `\\bottomrule\n\\endfoot`,
    body,
    '\\end{longtable}}',
  ].join('\n');
}

export function rowOf(cells: readonly string[]): string {
  return `${cells.join(' & ')} \\\\`;
}

/** `l`, `r` or `c` for each column; for one with long texts a paragraph of a part of the line. */
export function columnTypes(
  columns: readonly { readonly align: 'left' | 'center' | 'right' }[],
  widths: readonly number[],
): string {
  const isLong = (index: number): boolean => (widths[index] ?? 0) > MOST_CHARACTERS;
  const count = columns.filter((_, index) => isLong(index)).length;
  return columns
    .map(({ align }, index) => {
      if (!isLong(index)) return align.charAt(0);
      return `>{\\raggedright\\arraybackslash}p{${(TEXT_SHARE / count).toFixed(3)}\\linewidth}`;
    })
    .join('');
}

/** Name of a size in which rows of such widths (characters of each column) fit on a line. */
export function sizeFor(widths: readonly number[]): string {
  const characters = widths.reduce((sum, width) => sum + Math.min(width, MOST_CHARACTERS) + 2, 0);
  return SIZES.find((size) => characters <= size.characters)?.name ?? 'tiny';
}

function sourceComments(name: string, table: Table): string[] {
  const sources = tableSources(table).map(({ row, column, value, source }) =>
    latexComment(
      `row ${row + 1}, column ${column + 1}: ${value ?? ''} = ${provenanceText(source)}`,
    ),
  );
  return sources.length === 0 ? [] : [latexComment(`table ${name}`), ...sources];
}

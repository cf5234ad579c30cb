import type { Provenance } from '../provenance.js';
import { formatByUncertainty, NO_VALUE } from './format.js';

/** A value as it comes from the database, not yet rounded. */
export type CellValue = string | number | null;

/** A value with where it comes from. */
export interface SourcedCell {
  readonly value: CellValue;
  readonly source: Provenance;
  /** Standard deviation or half of an interval's width: the value is then rounded by it instead of by its column. */
  readonly uncertainty?: number | undefined;
  /** How it is shown where the column's format does not fit, such as `0.78 ± 0.02`. */
  readonly text?: string | undefined;
}

/** What stands in a table; a number that was measured or computed is a {@link SourcedCell}. */
export type Cell = CellValue | SourcedCell;

export interface TableColumn {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** Unit of its numbers, such as `nats per text`. */
  readonly unit?: string;
  /** How a number of this column is shown. @default String */
  readonly format?: (value: number) => string;
}

/** A table as data: every output format and the terminal render this. */
export interface Table {
  readonly columns: readonly TableColumn[];
  /** One cell a column. */
  readonly rows: readonly (readonly Cell[])[];
}

/** A value with its source; a value that is missing has none. */
export function sourced(
  value: CellValue,
  source: Provenance,
  shown: { readonly uncertainty?: number | undefined; readonly text?: string | undefined } = {},
): Cell {
  return value === null ? null : { value, source, ...shown };
}

export function cellValue(cell: Cell): CellValue {
  return isSourced(cell) ? cell.value : cell;
}

/** Null for a cell that has no source. */
export function cellSource(cell: Cell): Provenance | null {
  return isSourced(cell) ? cell.source : null;
}

/** The texts of a table's body: numbers rounded by their column, nothing escaped. */
export function tableTexts(table: Table): string[][] {
  return table.rows.map((row) =>
    table.columns.map((column, index) => cellText(row[index] ?? null, column)),
  );
}

/** One cell as it is shown, nothing escaped. */
export function cellText(cell: Cell, column: TableColumn): string {
  if (isSourced(cell)) {
    const { value, text, uncertainty } = cell;
    if (text !== undefined) return text;
    return typeof value === 'number'
      ? formatByUncertainty(value, uncertainty, column.format ?? String)
      : cellText(value, column);
  }
  if (cell === null || cell === '') return NO_VALUE;
  if (typeof cell === 'string') return cell;
  return column.format === undefined ? String(cell) : column.format(cell);
}

/** The table without the columns that have no value in any row. */
export function withoutEmptyColumns(table: Table): Table {
  const kept = table.columns.map((_, index) =>
    table.rows.some((row) => {
      const value = cellValue(row[index] ?? null);
      return value !== null && value !== '';
    }),
  );
  return {
    columns: table.columns.filter((_, index) => kept[index]),
    rows: table.rows.map((row) => row.filter((_, index) => kept[index])),
  };
}

function isSourced(cell: Cell): cell is SourcedCell {
  return typeof cell === 'object' && cell !== null;
}

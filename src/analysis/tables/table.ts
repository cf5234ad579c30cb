import { NO_VALUE } from './format.js';

/** A value as it comes from the database, not yet rounded. */
export type Cell = string | number | null;

export interface TableColumn {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** How a number of this column is shown. @default String */
  readonly format?: (value: number) => string;
}

/** A table as data: Markdown, the terminal and later pages all render this. */
export interface Table {
  readonly columns: readonly TableColumn[];
  /** One cell a column. */
  readonly rows: readonly (readonly Cell[])[];
}

/** The texts of a table's body: numbers rounded by their column, nothing escaped. */
export function tableTexts(table: Table): string[][] {
  return table.rows.map((row) =>
    table.columns.map((column, index) => cellText(row[index] ?? null, column)),
  );
}

function cellText(cell: Cell, column: TableColumn): string {
  if (cell === null || cell === '') return NO_VALUE;
  if (typeof cell === 'string') return cell;
  return column.format === undefined ? String(cell) : column.format(cell);
}

/** The table without the columns that have no value in any row. */
export function withoutEmptyColumns(table: Table): Table {
  const kept = table.columns.map((_, index) =>
    table.rows.some((row) => (row[index] ?? null) !== null && row[index] !== ''),
  );
  return {
    columns: table.columns.filter((_, index) => kept[index]),
    rows: table.rows.map((row) => row.filter((_, index) => kept[index])),
  };
}

import type { PackedRows } from '../page-data.js';

export type Row = Record<string, unknown>;

/** Rows from their columns. */
export function unpackRows({ length, columns }: PackedRows): Row[] {
  const rows: Row[] = Array.from({ length }, () => ({}));
  for (const column of columns) {
    for (const [index, row] of rows.entries()) {
      row[column.field] =
        'texts' in column ? column.texts[column.numbers[index] ?? -1] : column.values[index];
    }
  }
  return rows;
}

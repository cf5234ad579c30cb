import type { Provenance } from '../provenance.js';
import { cellSource, cellValue, type CellValue, type Table } from '../tables/table.js';

/** A number of a table with its place, counted from 0, and where it comes from. */
export interface TableSource {
  readonly row: number;
  readonly column: number;
  /** Not rounded. */
  readonly value: CellValue;
  readonly source: Provenance;
}

/** Every number of a table that has a source, row by row. */
export function tableSources(table: Table): TableSource[] {
  return table.rows.flatMap((cells, row) =>
    cells.flatMap((cell, column) => {
      const source = cellSource(cell);
      return source === null ? [] : [{ row, column, value: cellValue(cell), source }];
    }),
  );
}

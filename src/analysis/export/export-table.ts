/** A value of a table that is exported; a JSON column has its text. */
export type ExportValue = string | number | boolean | null;

/** What a column holds: `time` is ISO 8601 in UTC, `json` a JSON text. */
export type ColumnType = 'text' | 'integer' | 'number' | 'boolean' | 'time' | 'json';

export interface ExportColumn {
  readonly name: string;
  readonly type: ColumnType;
}

/** A table to be written in any format; its rows are read while they are written, and only once. */
export interface ExportTable {
  /** Also the name of its file. */
  readonly name: 'runs' | 'epochs' | 'samples';
  readonly columns: readonly ExportColumn[];
  /** One value a column. */
  readonly rows: Iterable<readonly ExportValue[]>;
}

/** Called now and then with the number of rows written so far. */
export type OnProgress = (rows: number) => void;

/** Rows between two calls of {@link OnProgress}. */
const PROGRESS_ROWS = 4096;

/** The tables as they are, with their progress told. */
export function withProgress(
  tables: readonly ExportTable[],
  onProgress: OnProgress | undefined,
): readonly ExportTable[] {
  if (onProgress === undefined) return tables;
  let written = 0;
  function* counted(rows: ExportTable['rows']): Generator<readonly ExportValue[]> {
    for (const row of rows) {
      yield row;
      written += 1;
      if (written % PROGRESS_ROWS === 0) onProgress?.(written);
    }
  }
  return tables.map((table) => ({ ...table, rows: counted(table.rows) }));
}

import { writeStream } from '../../core/run-folder/staged-output.js';
import type { ExportColumn, ExportTable, ExportValue } from './export-table.js';

/** What a JSON export says of itself. */
export interface JsonHead {
  /** Name of the sweep, or null for one run. */
  readonly sweep: string | null;
}

/**
 * Writes one JSON document with a list of objects for each table; see docs/json.md. Rows stand on lines of their own, so
 * that a line-based tool can read a document of any size.
 */
export function writeJsonExport(
  head: JsonHead,
  tables: readonly ExportTable[],
  path: string,
): void {
  writeStream(path, (file) => {
    file.write(`{"version":1,"kind":"export","sweep":${JSON.stringify(head.sweep)}`);
    for (const { name, columns, rows } of tables) {
      file.write(`,\n${JSON.stringify(name)}:[`);
      let separator = '\n';
      for (const row of rows) {
        file.write(`${separator}${JSON.stringify(rowObject(columns, row))}`);
        separator = ',\n';
      }
      file.write('\n]');
    }
    file.write('}\n');
  });
}

function rowObject(
  columns: readonly ExportColumn[],
  row: readonly ExportValue[],
): Record<string, unknown> {
  return Object.fromEntries(
    columns.map(({ name, type }, index): [string, unknown] => {
      const value = row[index] ?? null;
      return [name, type === 'json' && typeof value === 'string' ? JSON.parse(value) : value];
    }),
  );
}

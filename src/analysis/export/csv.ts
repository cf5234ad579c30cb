import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { writeStream } from '../../core/run-folder/staged-output.js';
import type { ColumnType, ExportTable, ExportValue } from './export-table.js';
import { toSpreadsheetText } from './spreadsheet-text.js';

/**
 * Writes each table as `<name>.csv` into a folder (RFC 4180, UTF-8, lines end with a line feed).
 *
 * A value that is missing is an empty cell, an empty text is `""`; booleans are `true` and `false`; numbers have all
 * their digits. Texts cannot be taken for formulas: see {@link toSpreadsheetText}.
 */
export function writeCsv(tables: readonly ExportTable[], folder: string): void {
  for (const { name, columns, rows } of tables)
    writeStream(join(folder, `${name}.csv`), (file) => {
      let lines: (string | null)[][] = [columns.map((column) => column.name)];
      for (const row of rows) {
        lines.push(columns.map(({ type }, index) => cell(row[index] ?? null, type)));
        if (lines.length < LINES_AT_ONCE) continue;
        file.write(csvText(lines));
        lines = [];
      }
      file.write(csvText(lines));
    });
}

/** A call for each line would cost more than the line. */
const LINES_AT_ONCE = 500;

function cell(value: ExportValue, type: ColumnType): string | null {
  if (value === null) return null;
  const isText = type === 'text' || type === 'json';
  return isText ? toSpreadsheetText(String(value)) : String(value);
}

function csvText(lines: (string | null)[][]): string {
  return stringify(lines, { quoted_match: /^$/ });
}

import { stringify } from 'csv-stringify/sync';
import { toSpreadsheetText } from '../export/spreadsheet-text.js';
import { cellSource, cellValue, type Table } from './table.js';

/** A table as CSV (RFC 4180) with all digits; no text can be taken for a formula, a missing value is an empty cell. */
export function tableCsv(table: Table): string {
  const rows = table.rows.map((row) =>
    row.map((cell) => {
      const value = cellValue(cell);
      return typeof value === 'string' ? toSpreadsheetText(value) : value;
    }),
  );
  return stringify([table.columns.map(({ title }) => toSpreadsheetText(title)), ...rows]);
}

/** A table as JSON: columns, and rows of cells with value (all digits) and source. */
export function tableJson(name: string, table: Table): string {
  const columns = table.columns.map(({ title, unit }) => ({ title, unit: unit ?? null }));
  const rows = table.rows.map((row) =>
    row.map((cell) => ({ value: cellValue(cell), source: cellSource(cell) })),
  );
  return `${JSON.stringify({ version: 1, kind: 'table', name, columns, rows }, null, 1)}\n`;
}

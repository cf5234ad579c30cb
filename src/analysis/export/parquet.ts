import { join } from 'node:path';
import { type BasicType, fileWriter, parquetWriteRows } from 'hyparquet-writer';
import { projectVersion } from '../../core/config/project-version.js';
import type { ColumnType, ExportColumn, ExportTable, ExportValue } from './export-table.js';

/** Rows of a group: what is in memory at once. */
const GROUP_ROWS = 10_000;

const PARQUET_TYPES: Readonly<Record<ColumnType, BasicType>> = {
  text: 'STRING',
  integer: 'INT64',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  time: 'TIMESTAMP',
  json: 'JSON',
};

/**
 * Writes each table as `<name>.parquet` into a folder, in groups of rows, compressed with Snappy. Every column may be
 * null; times are milliseconds in UTC.
 */
export function writeParquet(tables: readonly ExportTable[], folder: string): void {
  for (const { name, columns, rows } of tables) {
    const written = parquetWriteRows({
      writer: fileWriter(join(folder, `${name}.parquet`)),
      columns: columns.map((column) => ({
        name: column.name,
        type: PARQUET_TYPES[column.type],
        nullable: true,
      })),
      rows: rowObjects(columns, rows),
      rowGroupSize: GROUP_ROWS,
      createdBy: `sweep ${projectVersion()}`,
    });
    if (written !== undefined) throw new Error('a file is written synchronously');
  }
}

function* rowObjects(
  columns: readonly ExportColumn[],
  rows: ExportTable['rows'],
): Generator<Record<string, unknown>> {
  for (const row of rows)
    yield Object.fromEntries(
      columns.map(({ name, type }, index) => [name, parquetValue(row[index] ?? null, type)]),
    );
}

function parquetValue(value: ExportValue, type: ColumnType): unknown {
  if (value === null) return null;
  switch (type) {
    case 'integer':
      return BigInt(value);
    case 'time':
      return new Date(String(value));
    case 'json':
      return JSON.parse(String(value)) as unknown;
    case 'text':
    case 'number':
    case 'boolean':
      return value;
  }
}

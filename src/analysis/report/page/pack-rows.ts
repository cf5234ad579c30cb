import type { PackedColumn, PackedRows } from './page-data.js';

/** Digits that a number keeps in the page: a thousand times finer than a pixel. The files of the figure keep all. */
const DIGITS = 6;

/** Rows of a figure, column by column, with repeated texts as numbers. */
export function packRows(rows: readonly Readonly<Record<string, unknown>>[]): PackedRows {
  const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return { length: rows.length, columns: fields.map((field) => packColumn(field, rows)) };
}

function packColumn(
  field: string,
  rows: readonly Readonly<Record<string, unknown>>[],
): PackedColumn {
  const values = rows.map((row) => row[field] ?? null);
  if (values.every((value) => typeof value === 'string')) {
    const texts = [...new Set(values)];
    const places = new Map(texts.map((text, place) => [text, place]));
    return { field, texts, numbers: values.map((text) => places.get(text) ?? -1) };
  }
  return {
    field,
    values: values.map((value) =>
      typeof value === 'number' ? Number(value.toPrecision(DIGITS)) : value,
    ),
  };
}

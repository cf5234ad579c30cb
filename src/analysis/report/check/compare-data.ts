import { parse } from 'csv-parse/sync';
import type { ReportDifference } from './compare-reports.js';

/** What a file of data has: each value with its place. */
export type DataValues = ReadonlyMap<string, string>;

/** Cells of a CSV file, as `row 2, column Test NLL`; the titles are row 0. Null for what is not CSV. */
export function csvValues(text: string): DataValues | null {
  const records = attempt(() => parse(text, { relaxColumnCount: true }));
  if (records === null) return null;
  const [titles = []] = records;
  return new Map(
    records.flatMap((record, row) =>
      record.map((cell, column): [string, string] => [
        `row ${row}, column ${titles[column] ?? String(column + 1)} (${column + 1})`,
        cell,
      ]),
    ),
  );
}

/** Values of a JSON file, as `rows[1][7].value`. Null for what is not JSON. */
export function jsonValues(text: string): DataValues | null {
  const root = attempt((): unknown => JSON.parse(text));
  if (root === null) return null;
  const values = new Map<string, string>();
  const visit = (value: unknown, path: string): void => {
    if (Array.isArray(value))
      value.forEach((one, index) => {
        visit(one, `${path}[${index}]`);
      });
    else if (typeof value === 'object' && value !== null)
      for (const [key, one] of Object.entries(value))
        visit(one, path === '' ? key : `${path}.${key}`);
    else values.set(path, JSON.stringify(value));
  };
  visit(root, '');
  return values;
}

/** Values that differ, that only the file has, and that it lacks. */
export function compareData(
  written: string,
  rebuilt: string,
  read: (text: string) => DataValues | null,
): ReportDifference[] {
  if (written === rebuilt) return [];
  const [report, database] = [read(written), read(rebuilt)];
  if (report === null || database === null)
    return [{ line: null, source: 'the file', report: 'cannot be read', database: null }];
  const places = new Set([...report.keys(), ...database.keys()]);
  return [...places].flatMap((source): ReportDifference[] => {
    const values = { report: report.get(source) ?? null, database: database.get(source) ?? null };
    return values.report === values.database ? [] : [{ line: null, source, ...values }];
  });
}

/** How many of the values are numbers. */
export function countNumbers(values: DataValues | null): number {
  return [...(values ?? new Map<string, string>()).values()].filter(
    (value) => value !== '' && Number.isFinite(Number(value)),
  ).length;
}

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    // What is in the file was written by anyone; that it cannot be read is what is told of it.
    if (error instanceof Error) return null;
    throw error;
  }
}

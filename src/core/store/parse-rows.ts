import { z } from 'zod';
import { SweepError } from '../errors.js';

/** A JSON column: its text is parsed, then checked with `schema`. */
export function jsonColumn<T extends z.ZodType>(schema: T): z.ZodType<z.output<T>, string> {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch (error) {
        context.addIssue({ code: 'custom', message: `is not JSON: ${String(error)}` });
        return z.NEVER;
      }
    })
    .pipe(schema);
}

/** SQLite has no booleans: 0 and 1. */
export const booleanColumn = z
  .union([z.literal(0), z.literal(1)])
  .transform((value) => value === 1);

/**
 * Rows as SQLite gives them (snake_case columns, unknown types) to checked rows in camelCase.
 *
 * @throws SweepError `bad-record` when a row does not have the shape that this version writes
 */
export function parseRows<T extends z.ZodType>(schema: T, rows: readonly unknown[]): z.output<T>[] {
  return rows.map((row) => parseRow(schema, row));
}

/** One row; see {@link parseRows}. */
export function parseRow<T extends z.ZodType>(schema: T, row: unknown): z.output<T> {
  const parsed = schema.safeParse(camelCaseKeys(row));
  if (parsed.success) return parsed.data;
  throw new SweepError(
    'bad-record',
    {
      where: 'sweep.db',
      message: `a row cannot be read: ${z.prettifyError(parsed.error)}`,
      fix: 'sweep db rebuild builds the database again from the folders of the runs.',
    },
    { cause: parsed.error },
  );
}

/**
 * Rows of a question that is asked again and again, checked as {@link parseRows} does. A row whose columns are all what
 * they were is the object that was given for it before: it is not parsed again, and what is drawn of it need not be made
 * again.
 */
export class RepeatedRows<T extends z.ZodType> {
  readonly #schema: T;
  readonly #id: string;
  #kept = new Map<unknown, { readonly columns: object; readonly row: z.output<T> }>();

  /** @param id the column that tells rows apart */
  constructor(schema: T, id: string) {
    this.#schema = schema;
    this.#id = id;
  }

  /** @throws SweepError `bad-record` when a row does not have the shape that this version writes */
  parse(rows: readonly unknown[]): z.output<T>[] {
    const before = this.#kept;
    this.#kept = new Map();
    return rows.map((columns) => {
      if (typeof columns !== 'object' || columns === null) return parseRow(this.#schema, columns);
      const id: unknown = Reflect.get(columns, this.#id);
      const known = before.get(id);
      const kept =
        known !== undefined && areSameColumns(known.columns, columns)
          ? known
          : { columns, row: parseRow(this.#schema, columns) };
      this.#kept.set(id, kept);
      return kept.row;
    });
  }
}

function areSameColumns(one: object, other: object): boolean {
  for (const column in one)
    if (!Object.is(Reflect.get(one, column), Reflect.get(other, column))) return false;
  return true;
}

function camelCaseKeys(row: unknown): unknown {
  if (typeof row !== 'object' || row === null) return row;
  const renamed: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(row)) renamed[camelCase(column)] = value;
  return renamed;
}

const camelCased = new Map<string, string>();

/** Column names are few and rows are many: each name is translated once. */
function camelCase(column: string): string {
  const known = camelCased.get(column);
  if (known !== undefined) return known;
  const name = column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  camelCased.set(column, name);
  return name;
}

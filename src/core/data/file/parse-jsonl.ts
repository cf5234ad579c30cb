import { z } from 'zod';
import { messageOf, quoteValue, SweepError } from '../../errors.js';
import { warnIf, type Row, type SourceRows } from '../source.js';
import { missingField } from '../missing-field.js';

const lineSchema = z.union([z.string(), z.record(z.string(), z.unknown())]);

/**
 * A row for each line that is not blank: the named fields of an object, or a bare string. A field that is null is left
 * out and counted.
 *
 * @throws SweepError `bad-data` with the line
 */
export function parseJsonl(content: string, fields: readonly string[], file: string): SourceRows {
  let nulls = 0;
  const rows: Row[] = [];
  content.split(/\r?\n/u).forEach((line, index) => {
    if (line.trim() === '') return;
    const values = parseLine(line, fields, `${file}:${index + 1}`);
    const row = values.filter((value) => value !== null);
    nulls += values.length - row.length;
    if (row.length > 0) rows.push(row);
  });
  return { rows, warnings: warnIf(nulls, 'values were null and were left out', file) };
}

function parseLine(line: string, fields: readonly string[], where: string): (string | null)[] {
  const parsed = lineSchema.safeParse(parseJson(line, where));
  if (!parsed.success) {
    throw new SweepError('bad-data', {
      where,
      message: `must be an object or a string (got ${line.length > 60 ? `${line.slice(0, 57)}...` : line})`,
      fix: 'Write one JSON object a line, such as {"text": "..."}.',
    });
  }
  const { data } = parsed;
  return typeof data === 'string' ? [data] : fields.map((field) => textOf(data, field, where));
}

function parseJson(line: string, where: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new SweepError(
      'bad-data',
      {
        where,
        message: `is not valid JSON: ${messageOf(error)}`,
        fix: 'Each line of a .jsonl file must be one complete JSON value.',
      },
      { cause: error },
    );
  }
}

function textOf(
  data: Readonly<Record<string, unknown>>,
  field: string,
  where: string,
): string | null {
  if (!Object.hasOwn(data, field)) throw missingField(field, Object.keys(data), where);
  const value = data[field];
  if (typeof value === 'string' || value === null) return value;
  throw new SweepError('bad-data', {
    where,
    message: `field ${quoteValue(field)} must be a string (got ${quoteValue(value)})`,
    fix: 'Name a field that holds texts in dataset.fields.',
  });
}

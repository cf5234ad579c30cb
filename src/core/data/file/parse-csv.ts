import { z } from 'zod';
import { messageOf, SweepError } from '../../errors.js';
import { missingField } from '../missing-field.js';
import type { Row, SourceRows } from '../source.js';

const tableSchema = z.array(z.array(z.string()));

/**
 * A row for each record after the header: the named fields.
 *
 * @throws SweepError `bad-data`, with the line if quotes or the number of fields are wrong
 */
export async function parseCsv(
  content: string,
  fields: readonly string[],
  file: string,
): Promise<SourceRows> {
  const [header = [], ...records] = await parseTable(content, file);
  const columns = fields.map((field) => {
    const column = header.indexOf(field);
    if (column < 0) throw missingField(field, header, `${file}:1`);
    return column;
  });
  const rows: Row[] = records.map((record) => columns.map((column) => record[column] ?? ''));
  return { rows, warnings: [] };
}

async function parseTable(content: string, file: string): Promise<string[][]> {
  const { parse } = await import('csv-parse/sync');
  try {
    return tableSchema.parse(parse(content, { skip_empty_lines: true }));
  } catch (error) {
    const line = error instanceof Error && 'lines' in error ? `:${String(error.lines)}` : '';
    throw new SweepError(
      'bad-data',
      {
        where: `${file}${line}`,
        message: `is not valid CSV: ${messageOf(error)}`,
        fix: 'Put a text that holds a comma, a quote or a line break in double quotes.',
      },
      { cause: error },
    );
  }
}

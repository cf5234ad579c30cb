import { z } from 'zod';
import { messageOf, quoteValue, SweepError } from '../../errors.js';
import { missingField } from '../missing-field.js';

/** What hyparquet can decompress by itself. */
const CODECS = new Set(['UNCOMPRESSED', 'SNAPPY']);

const valueSchema = z.string().nullable();

/**
 * Text columns of a Parquet file, row by row: [rows][fields]; a missing value is null.
 *
 * @throws SweepError `bad-data` if the file is damaged or compressed in another way than Snappy, lacks a column, or a
 * column holds something else than texts
 */
export async function readTextColumns(
  file: string,
  fields: readonly string[],
): Promise<(string | null)[][]> {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } =
    await import('hyparquet');
  try {
    const buffer = await asyncBufferFromFile(file);
    const metadata = await parquetMetadataAsync(buffer);
    const columns = parquetSchema(metadata).children.map(({ element }) => element.name);
    for (const field of fields) {
      if (!columns.includes(field)) throw missingField(field, columns, file);
    }
    for (const { meta_data: column } of metadata.row_groups.flatMap((group) => group.columns)) {
      const isWanted = fields.includes(column?.path_in_schema[0] ?? '');
      if (column !== undefined && isWanted) checkCodec(column.codec, file);
    }
    const rows = await parquetReadObjects({ file: buffer, metadata, columns: [...fields] });
    return rows.map((row) => fields.map((field) => textOf(row[field], field, file)));
  } catch (error) {
    if (error instanceof SweepError) throw error;
    throw new SweepError(
      'bad-data',
      {
        where: file,
        message: `cannot be read as Parquet: ${messageOf(error)}`,
        fix: 'Delete the file to download it again.',
      },
      { cause: error },
    );
  }
}

function checkCodec(codec: string, file: string): void {
  if (CODECS.has(codec)) return;
  throw new SweepError('bad-data', {
    where: file,
    message: `is compressed with ${codec}; only Snappy and no compression can be read`,
    fix: 'Use the revision refs/convert/parquet, which the hub writes with Snappy, or convert the data set and use the source `file`.',
  });
}

function textOf(value: unknown, field: string, file: string): string | null {
  const parsed = valueSchema.safeParse(value ?? null);
  if (parsed.success) return parsed.data;
  throw new SweepError('bad-data', {
    where: file,
    message: `column ${quoteValue(field)} must hold texts (got ${describe(value)})`,
    fix: 'Name a column of texts in dataset.fields.',
  });
}

/** JSON has no big integers, which Parquet has. */
function describe(value: unknown): string {
  return typeof value === 'bigint' ? String(value) : quoteValue(value);
}

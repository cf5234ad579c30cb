import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isMissing, messageOf, quoteValue, SweepError } from '../../errors.js';
import type { SourceRows } from '../source.js';
import { decodeUtf8 } from './decode-utf8.js';
import { parseCsv } from './parse-csv.js';
import { parseJsonl } from './parse-jsonl.js';
import { parseLines } from './parse-lines.js';

/** Turns the content of a file into rows. */
type Parser = (
  content: string,
  fields: readonly string[],
  file: string,
) => SourceRows | Promise<SourceRows>;

const PARSERS: ReadonlyMap<string, Parser> = new Map<string, Parser>([
  ['.txt', parseLines],
  ['.jsonl', parseJsonl],
  ['.csv', parseCsv],
]);

/**
 * The rows of a file, by its extension.
 *
 * @param file absolute path
 * @throws SweepError `bad-data`
 */
export async function readRows(file: string, fields: readonly string[]): Promise<SourceRows> {
  const extension = path.extname(file).toLowerCase();
  const parse = PARSERS.get(extension);
  if (parse === undefined) {
    throw new SweepError('bad-data', {
      where: file,
      message: `must be a .txt, .jsonl or .csv file (got ${quoteValue(extension)})`,
      fix: 'Convert it, or rename it if only its extension is wrong.',
    });
  }
  const content = decodeUtf8(await readBytes(file), file);
  const result =
    content.trim() === '' ? { rows: [], warnings: [] } : await parse(content, fields, file);
  if (result.rows.length > 0) return result;
  throw new SweepError('bad-data', {
    where: file,
    message: 'has no texts',
    fix: 'Check that the path is right and that the file was written completely.',
  });
}

async function readBytes(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const isAbsent = isMissing(error);
    throw new SweepError(
      'bad-data',
      {
        where: file,
        message: isAbsent ? 'does not exist' : `cannot be read: ${messageOf(error)}`,
        fix: isAbsent
          ? 'A relative path is resolved against the folder of the definition file.'
          : 'Check that it is a file and that you may read it.',
      },
      { cause: error },
    );
  }
}

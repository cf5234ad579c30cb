import path from 'node:path';
import type { FileDatasetConfig } from '../config/dataset-schema.js';
import { SweepError } from '../errors.js';
import { SPLITS, type Split, type SplitTexts } from './dataset.js';
import { readRows } from './file/read-rows.js';
import { splitRows } from './file/split-rows.js';
import type { SourceRows, SourceTexts } from './source.js';

/**
 * Texts of .txt, .jsonl or .csv files: one file that is split by fraction and seed, or one file for each split.
 *
 * @param baseFolder the folder against which relative paths resolve
 * @throws SweepError `bad-data` if a file is missing, empty, of an unknown kind, not UTF-8, lacks a field or has too few
 * texts; `bad-definition` if it is not clear which files are meant
 */
export async function loadFile(
  config: FileDatasetConfig,
  baseFolder: string,
): Promise<SourceTexts> {
  const { path: onePath, files } = config;
  if (onePath !== undefined && files === undefined)
    return loadAndSplit(onePath, config, baseFolder);
  if (files !== undefined && onePath === undefined) return loadEach(files, config, baseFolder);
  throw new SweepError('bad-definition', {
    where: 'dataset',
    message: 'must have either `path` or `files` (got ' + (files ? 'both' : 'neither') + ')',
    fix: 'Use `path` for one file that is split here, or `files` with train, val and test.',
  });
}

async function loadAndSplit(
  onePath: string,
  { fields, split }: FileDatasetConfig,
  baseFolder: string,
): Promise<SourceTexts> {
  const file = path.resolve(baseFolder, onePath);
  const { rows, warnings } = await readRows(file, fields);
  const parts = splitRows(rows, split, file);
  return { texts: textsOf(parts), warnings };
}

async function loadEach(
  files: Readonly<Record<Split, string>>,
  { fields }: FileDatasetConfig,
  baseFolder: string,
): Promise<SourceTexts> {
  const read = (split: Split): Promise<SourceRows> =>
    readRows(path.resolve(baseFolder, files[split]), fields);
  const [train, val, test] = [await read('train'), await read('val'), await read('test')];
  const parts = { train, val, test };
  return {
    texts: textsOf({ train: train.rows, val: val.rows, test: test.rows }),
    warnings: SPLITS.flatMap((split) => parts[split].warnings),
  };
}

function textsOf(rows: Readonly<Record<Split, readonly (readonly string[])[]>>): SplitTexts {
  return { train: rows.train.flat(), val: rows.val.flat(), test: rows.test.flat() };
}

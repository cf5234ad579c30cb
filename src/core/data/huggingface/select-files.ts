import { quoteValue, SweepError } from '../../errors.js';

/** What the path of a Parquet file on the hub says about its content. */
interface ParquetFile {
  readonly path: string;
  readonly config: string;
  readonly split: string;
}

/** `-00000-of-00001`, and a fingerprint that older uploads have after it. */
const SHARD = /-\d{5}-of-\d{5}(?:-[0-9a-f]+)?$/u;

/**
 * The Parquet files of one configuration and split, in order.
 *
 * Both layouts of the hub are known: `{config}/{split}/0000.parquet` of its own conversion (branch
 * `refs/convert/parquet`, where a large split is called `partial-{split}`), and what people upload:
 * `{config}/{split}-00000-of-00002.parquet`, `data/{split}-….parquet` or `{split}.parquet`, the last two for `default`.
 *
 * @throws SweepError `bad-data` with the configurations or splits that exist
 */
export function selectFiles(
  paths: readonly string[],
  { config, split, where }: { config: string; split: string; where: string },
): readonly string[] {
  const files = paths.flatMap(describePath);
  if (files.length === 0) {
    throw new SweepError('bad-data', {
      where,
      message: 'has no Parquet files',
      fix: 'Use the revision refs/convert/parquet, where the hub keeps its own conversion, or download the data set and use the source `file`.',
    });
  }
  const ofConfig = files.filter((file) => file.config === config);
  if (ofConfig.length === 0)
    throw missing(
      'configuration',
      config,
      files.map((file) => file.config),
      where,
    );
  const ofSplit = ofConfig.filter((file) => file.split === split);
  if (ofSplit.length === 0)
    throw missing(
      'split',
      split,
      ofConfig.map((file) => file.split),
      where,
    );
  return ofSplit.map((file) => file.path).sort();
}

function describePath(path: string): ParquetFile[] {
  const folders = path.split('/');
  const file = folders.pop() ?? '';
  // The path becomes a path on this machine: one that could leave the cache is not a data file.
  if (!file.endsWith('.parquet') || folders.some((folder) => /^\.{0,2}$|\\/u.test(folder)))
    return [];
  const name = file.slice(0, -'.parquet'.length);
  const isPart = /^\d+$/u.test(name);
  const split = isPart ? (folders.pop() ?? '') : name.replace(SHARD, '');
  const folder = folders.at(-1) ?? 'default';
  return [
    {
      path,
      config: folder === 'data' ? 'default' : folder,
      split: split.replace(/^partial-/u, ''),
    },
  ];
}

function missing(
  kind: 'configuration' | 'split',
  name: string,
  existing: readonly string[],
  where: string,
): SweepError {
  const names = [...new Set(existing)].sort().map((other) => quoteValue(other));
  const field = kind === 'split' ? 'dataset.splits' : 'dataset.config';
  return new SweepError('bad-data', {
    where,
    message: `has no ${kind} ${quoteValue(name)}`,
    fix: `It has ${names.join(', ')}: name one in ${field}.`,
  });
}

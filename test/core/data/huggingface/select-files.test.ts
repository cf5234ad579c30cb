import { describe, expect, it } from 'vitest';
import { selectFiles } from '../../../../src/core/data/huggingface/select-files.js';

const where = 'a/b@main';

describe('selectFiles', () => {
  it.each([
    [
      'the conversion of the hub',
      'en',
      'train',
      ['en/train/0001.parquet', 'en/train/0000.parquet'],
    ],
    ['its conversion of a part', 'en', 'train', ['en/partial-train/0000.parquet']],
    ['shards in a folder of the configuration', 'en', 'test', ['en/test-00000-of-00001.parquet']],
    ['shards in data', 'default', 'validation', ['data/validation-00000-of-00001-0a1b2c.parquet']],
    ['a configuration inside data', 'en', 'train', ['data/en/train.parquet']],
    ['a file at the top', 'default', 'train', ['train.parquet']],
    ['a split with a dash', 'default', 'test-hard', ['default/test-hard/0000.parquet']],
  ])('knows %s and sorts the files', (_, config, split, files) => {
    const others = ['README.md', 'fr/train/0000.parquet', 'data/dev-00000-of-00001.parquet'];
    expect(selectFiles([...others, ...files], { config, split, where })).toEqual(files.sort());
  });

  it('ignores paths that would leave the cache', () => {
    const paths = [
      '../train.parquet',
      'a/../train.parquet',
      '/train.parquet',
      'a\\b/train.parquet',
    ];
    expect(() => selectFiles(paths, { config: 'default', split: 'train', where })).toThrow(
      'a/b@main  has no Parquet files\n' +
        '    Use the revision refs/convert/parquet, where the hub keeps its own conversion, or download the data set and use the source `file`.',
    );
  });

  it('names the configurations that exist', () => {
    const paths = ['fr/train/0000.parquet', 'en/train/0000.parquet', 'en/test/0000.parquet'];
    expect(() => selectFiles(paths, { config: 'de', split: 'train', where })).toThrow(
      'a/b@main  has no configuration "de"\n    It has "en", "fr": name one in dataset.config.',
    );
  });

  it('names the splits that exist in the configuration', () => {
    const paths = ['fr/dev/0000.parquet', 'en/train/0000.parquet', 'en/test/0000.parquet'];
    expect(() => selectFiles(paths, { config: 'en', split: 'dev', where })).toThrow(
      'a/b@main  has no split "dev"\n    It has "test", "train": name one in dataset.splits.',
    );
  });
});

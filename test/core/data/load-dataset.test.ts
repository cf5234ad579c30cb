import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { datasetSchema } from '../../../src/core/config/dataset-schema.js';
import { fingerprintTexts, type Dataset } from '../../../src/core/data/dataset.js';
import { loadDataset } from '../../../src/core/data/load-dataset.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sweep-data-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

function load(config: Record<string, unknown>): Promise<Dataset> {
  return loadDataset(datasetSchema.parse(config), { baseFolder: folder, cacheFolder: folder });
}

async function loadTexts(
  texts: { train: string[]; val: string[]; test: string[] },
  config: Record<string, unknown> = {},
): Promise<Dataset> {
  const files = { train: 'train.txt', val: 'val.txt', test: 'test.txt' };
  for (const split of ['train', 'val', 'test'] as const) {
    await writeFile(path.join(folder, files[split]), texts[split].join('\n'));
  }
  return load({ source: 'file', files, ...config });
}

describe('loadDataset', () => {
  it('cleans the texts and fingerprints what is left', async () => {
    const dataset = await loadTexts({ train: ['The Cats!'], val: ['A dog'], test: ['Mice'] });
    expect(dataset.texts).toEqual({ train: ['cat'], val: ['dog'], test: ['mouse'] });
    expect(dataset.fingerprint).toBe(fingerprintTexts(dataset.texts));
    expect(dataset.warnings).toEqual([]);
  });

  it('applies the limit to the training texts that are left after cleaning', async () => {
    const train = ['123', 'one', 'two', 'three'];
    const dataset = await loadTexts({ train, val: ['four'], test: ['five'] }, { limit: 2 });
    expect(dataset.texts).toEqual({ train: ['one', 'two'], val: ['four'], test: ['five'] });
    expect(dataset.warnings).toEqual([
      { count: 1, message: 'texts were empty after cleaning and were left out', where: 'train' },
    ]);
  });

  it('uses all texts when the limit is larger, and says so', async () => {
    const dataset = await loadTexts(
      { train: ['one', 'two'], val: ['three'], test: ['four'] },
      { limit: 5 },
    );
    expect(dataset.texts.train).toHaveLength(2);
    expect(dataset.warnings).toEqual([
      {
        count: 2,
        message: 'training texts are fewer than dataset.limit (5): all are used',
        where: 'train',
      },
    ]);
  });

  it('counts held-out texts that are also trained on', async () => {
    const train = ['one', 'two'];
    const dataset = await loadTexts({ train, val: ['One!', 'three'], test: ['two', 'TWO'] });
    expect(dataset.warnings).toEqual([
      { count: 1, message: 'texts are also in the training split', where: 'val' },
      { count: 2, message: 'texts are also in the training split', where: 'test' },
    ]);
  });

  it('counts texts whose bytes were replaced before they came here', async () => {
    const dataset = await loadTexts({ train: ['caf\uFFFD bar'], val: ['one'], test: ['two'] });
    expect(dataset.texts.train).toEqual(['caf bar']);
    expect(dataset.warnings).toEqual([
      {
        count: 1,
        message: 'texts hold a replacement character (U+FFFD): they were not UTF-8',
        where: 'train',
      },
    ]);
  });

  it('explains a split in which nothing is left', async () => {
    await expect(
      loadTexts({ train: ['one'], val: ['1', '2'], test: ['two'] }),
    ).rejects.toMatchObject({
      code: 'bad-data',
      message:
        'val  has no texts after cleaning (2 before)\n' +
        '    Each split needs at least one text: check the files and fields, or switch cleaning steps off in dataset.clean.',
    });
  });

  it('gives the built-in corpus, of which the limit takes the first training texts', async () => {
    const full = await load({ source: 'headlines' });
    const limited = await load({ source: 'headlines', limit: 1000 });
    expect(limited.texts).toEqual({ ...full.texts, train: full.texts.train.slice(0, 1000) });
    expect(limited.fingerprint).not.toBe(full.fingerprint);
    expect(full.warnings).toEqual([]);
  });
});

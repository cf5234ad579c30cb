import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { datasetSchema } from '../../../../src/core/config/dataset-schema.js';
import { loadDataset } from '../../../../src/core/data/load-dataset.js';
import { type RunFile } from '../../../../src/core/run-folder/run-file.js';
import { resultsPaths } from '../../../../src/core/run-folder/paths.js';
import { keepTexts, loadPlannedTexts } from '../../../../src/core/trainer/decoder/planned-texts.js';

const config = datasetSchema.parse({ source: 'headlines', limit: 40 });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sweep-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('keeps the texts of the built-in corpus and makes them anew when the file is damaged', async () => {
  const dataset = await loadDataset(config, { baseFolder: '.', cacheFolder: folder });
  const results = resultsPaths(folder);
  const file = join(results.cacheFolder, 'headlines', `${dataset.fingerprint}.json`);
  const run = { baseFolder: '.', dataFingerprint: dataset.fingerprint } as RunFile;
  const expected = { texts: dataset.texts, fingerprint: dataset.fingerprint };

  expect(await loadPlannedTexts(config, { run, results })).toMatchObject(expected);
  const written = readFileSync(file, 'utf8');
  expect(await loadPlannedTexts(config, { run, results })).toEqual(expected);
  for (const damaged of ['{"train":', written.replace('a', 'b')]) {
    writeFileSync(file, damaged);
    expect(await loadPlannedTexts(config, { run, results })).toMatchObject(expected);
    expect(readFileSync(file, 'utf8')).toBe(written);
  }

  const other = resultsPaths(join(folder, 'planned'));
  const kept = join(other.cacheFolder, 'headlines', `${dataset.fingerprint}.json`);
  keepTexts(config, dataset, other);
  expect(readFileSync(kept, 'utf8')).toBe(written);
  writeFileSync(kept, '{"train":');
  keepTexts(config, dataset, other);
  expect(readFileSync(kept, 'utf8')).toBe('{"train":'); // only whoever reads it can tell that it is damaged
});

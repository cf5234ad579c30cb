import type { DatasetConfig } from '../config/dataset-schema.js';
import { cleanSource } from './clean-source.js';
import {
  fingerprintTexts,
  SPLITS,
  type Dataset,
  type DataWarning,
  type SplitTexts,
} from './dataset.js';
import { warnIf, type DataProgress, type SourceTexts } from './source.js';

export interface LoadOptions {
  /** The folder of the definition file, against which relative paths of files resolve. */
  readonly baseFolder: string;
  /** Where downloads are kept. */
  readonly cacheFolder: string;
  readonly onProgress?: (progress: DataProgress) => void;
}

/**
 * Read, clean and fingerprint a data set: texts that are empty after cleaning are left out, then the limit is applied to
 * the training texts.
 *
 * **Determinism**: the same configuration and the same stored texts give the same data set, in the same order.
 *
 * @throws SweepError `bad-data` if texts cannot be read or a split has none; `unreachable` if a hub is needed and does
 * not answer; `bad-definition` if the configuration contradicts itself
 */
export async function loadDataset(config: DatasetConfig, options: LoadOptions): Promise<Dataset> {
  const cleaned = await readCleaned(config, options);
  const { train, val, test } = cleaned.texts;
  const texts = { train: train.slice(0, config.limit ?? train.length), val, test };
  return {
    texts,
    fingerprint: fingerprintTexts(texts),
    warnings: [
      ...cleaned.warnings,
      ...warnOfLimit(config.limit, train.length),
      ...warnOfDuplicates(texts),
    ],
  };
}

/** Each source is imported when it is asked for: two of them load a library that the others do not need. */
async function readCleaned(config: DatasetConfig, options: LoadOptions): Promise<SourceTexts> {
  switch (config.source) {
    case 'headlines': {
      const { cleanedHeadlines } = await import('./headlines/cleaned-headlines.js');
      return cleanedHeadlines(config.clean);
    }
    case 'file': {
      const { loadFile } = await import('./file.js');
      return cleanSource(await loadFile(config, options.baseFolder), config.clean);
    }
    case 'huggingface': {
      const { loadHuggingface } = await import('./huggingface.js');
      const { cacheFolder, onProgress = () => undefined } = options;
      const hub = { cacheFolder, onProgress, environment: process.env };
      return cleanSource(await loadHuggingface(config, hub), config.clean);
    }
  }
}

function warnOfLimit(limit: number | null, available: number): DataWarning[] {
  if (limit === null || limit <= available) return [];
  const message = `training texts are fewer than dataset.limit (${limit}): all are used`;
  return [{ message, count: available, where: 'train' }];
}

/** A text that is also trained on makes a score on the held-out split too good. */
function warnOfDuplicates(texts: SplitTexts): DataWarning[] {
  const trained = new Set(texts.train);
  return SPLITS.filter((split) => split !== 'train').flatMap((split) => {
    const shared = texts[split].filter((text) => trained.has(text)).length;
    return warnIf(shared, 'texts are also in the training split', split);
  });
}

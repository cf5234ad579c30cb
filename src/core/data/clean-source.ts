import type { CleaningConfig } from '../config/dataset-schema.js';
import { SweepError } from '../errors.js';
import { createCleaner } from './clean-text.js';
import type { DataWarning, Split } from './dataset.js';
import { warnIf, type SourceTexts } from './source.js';

/**
 * The texts of a source, cleaned; those that are empty then are left out and counted.
 *
 * @throws SweepError `bad-data` if a split has no text left
 */
export async function cleanSource(
  { texts, warnings: earlier }: SourceTexts,
  config: CleaningConfig,
): Promise<SourceTexts> {
  const clean = await createCleaner(config);
  const warnings: DataWarning[] = [...earlier];
  const cleanSplit = (split: Split): string[] => {
    const damaged = texts[split].filter((text) => text.includes('\uFFFD')).length;
    const kept = texts[split].map(clean).filter((text) => text !== '');
    const empty = texts[split].length - kept.length;
    if (kept.length === 0) throw emptySplit(split, texts[split].length);
    warnings.push(
      ...warnIf(damaged, 'texts hold a replacement character (U+FFFD): they were not UTF-8', split),
      ...warnIf(empty, 'texts were empty after cleaning and were left out', split),
    );
    return kept;
  };
  const [train, val, test] = [cleanSplit('train'), cleanSplit('val'), cleanSplit('test')];
  return { texts: { train, val, test }, warnings };
}

function emptySplit(split: Split, before: number): SweepError {
  return new SweepError('bad-data', {
    where: split,
    message: before === 0 ? 'has no texts' : `has no texts after cleaning (${before} before)`,
    fix: 'Each split needs at least one text: check the files and fields, or switch cleaning steps off in dataset.clean.',
  });
}

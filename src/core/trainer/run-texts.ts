import { type Split } from '../data/dataset.js';
import { loadDataset } from '../data/load-dataset.js';
import { SweepError } from '../errors.js';
import type { ResultsPaths } from '../run-folder/paths.js';
import { readRunFile } from '../run-folder/run-file.js';

/**
 * The cleaned texts of a split, exactly as a run used them.
 *
 * @throws SweepError `bad-call` for a run that only samples, `bad-data` when the texts have changed since the run or
 *   cannot be read
 */
export async function readRunTexts(
  results: ResultsPaths,
  id: string,
  split: Split,
): Promise<readonly string[]> {
  const run = readRunFile(results.run(id).runFile);
  if (run.config.kind !== 'train')
    throw new SweepError('bad-call', {
      where: `run ${id}`,
      message: 'the run only samples and has no texts of its own',
      fix: `Export the texts of the run that trained the model: its key begins with ${run.config.sourceKey.slice(0, 12)}`,
    });
  const { baseFolder, dataFingerprint } = run;
  const { cacheFolder } = results;
  const { texts, fingerprint } = await loadDataset(run.config.dataset, { baseFolder, cacheFolder });
  if (fingerprint !== dataFingerprint)
    throw new SweepError('bad-data', {
      where: `run ${id}`,
      message: 'the texts are no longer those that the run used',
      fix: 'Put the data back as it was, or run the definition again with the new texts.',
    });
  return texts[split];
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { DatasetConfig } from '../../config/dataset-schema.js';
import { fingerprintTexts, type SplitTexts } from '../../data/dataset.js';
import { loadDataset } from '../../data/load-dataset.js';
import { writeFileWhole } from '../../run-folder/atomic-write.js';
import type { TrainerContext } from '../trainer.js';

export interface PlannedTexts {
  readonly texts: SplitTexts;
  readonly fingerprint: string;
}

const textsSchema = z.object({
  train: z.array(z.string()),
  val: z.array(z.string()),
  test: z.array(z.string()),
});

/**
 * The texts of a run. Those of the built-in corpus are kept in the cache by the fingerprint that the plan names: to
 * make and clean them takes most of a worker's start. Files and hubs are read each time, so that a change is noticed.
 */
export async function loadPlannedTexts(
  config: DatasetConfig,
  { run, results }: Pick<TrainerContext, 'run' | 'results'>,
): Promise<PlannedTexts> {
  const { baseFolder, dataFingerprint } = run;
  const load = (): Promise<PlannedTexts> =>
    loadDataset(config, { baseFolder, cacheFolder: results.cacheFolder });
  if (config.source !== 'headlines' || dataFingerprint === null) return load();

  const file = join(results.cacheFolder, 'headlines', `${dataFingerprint}.json`);
  const kept = existsSync(file) ? readTexts(file) : null;
  if (kept !== null && fingerprintTexts(kept) === dataFingerprint)
    return { texts: kept, fingerprint: dataFingerprint };
  const loaded = await load();
  if (loaded.fingerprint === dataFingerprint) writeFileWhole(file, JSON.stringify(loaded.texts));
  return loaded;
}

/** Null when the file is damaged: then the texts are made anew. */
function readTexts(file: string): SplitTexts | null {
  try {
    return textsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { DatasetConfig } from '../../config/dataset-schema.js';
import { fingerprintTexts, type Dataset, type SplitTexts } from '../../data/dataset.js';
import { loadDataset } from '../../data/load-dataset.js';
import { writeFileWhole } from '../../run-folder/atomic-write.js';
import type { ResultsPaths } from '../../run-folder/paths.js';
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

  const file = keptTexts(results, dataFingerprint);
  const kept = existsSync(file) ? readTexts(file) : null;
  if (kept !== null && fingerprintTexts(kept) === dataFingerprint)
    return { texts: kept, fingerprint: dataFingerprint };
  const loaded = await load();
  if (loaded.fingerprint === dataFingerprint) writeFileWhole(file, JSON.stringify(loaded.texts));
  return loaded;
}

/**
 * Keeps the texts of the built-in corpus for {@link loadPlannedTexts}, unless they are there. Whoever plans has made
 * them already; then no worker has to.
 */
export function keepTexts(
  config: DatasetConfig,
  { texts, fingerprint }: Dataset,
  results: ResultsPaths,
): void {
  if (config.source !== 'headlines') return;
  const file = keptTexts(results, fingerprint);
  if (!existsSync(file)) writeFileWhole(file, JSON.stringify(texts));
}

function keptTexts(results: ResultsPaths, fingerprint: string): string {
  return join(results.cacheFolder, 'headlines', `${fingerprint}.json`);
}

/** Null when the file is damaged: then the texts are made anew. */
function readTexts(file: string): SplitTexts | null {
  try {
    return textsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

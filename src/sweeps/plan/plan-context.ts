import { loadDataset } from '../../core/data/load-dataset.js';
import type { DataProgress } from '../../core/data/source.js';
import type { DatasetConfig } from '../../core/config/dataset-schema.js';
import type { Dataset, DataWarning } from '../../core/data/dataset.js';
import { estimateTrainingMemory } from '../../core/engine/memory.js';
import type { ResultsPaths } from '../../core/run-folder/paths.js';
import type { SweepDatabase } from '../../core/store/database.js';
import type { PlanContext } from './plan.js';
import { createRecordedHistory } from './recorded-history.js';

/** What reading the data has to say. */
export interface DataListener {
  readonly onProgress: (progress: DataProgress) => void;
  readonly onWarning: (warning: DataWarning) => void;
  /** What was read, so that it need not be read again. */
  readonly onDataset?: (config: DatasetConfig, dataset: Dataset) => void;
}

/** A plan's context over a results folder. The database may be null: nothing was ever recorded. */
export function createPlanContext(
  paths: ResultsPaths,
  db: SweepDatabase | null,
  { onProgress, onWarning, onDataset }: DataListener,
): PlanContext {
  return {
    history: createRecordedHistory(paths, db),
    estimateMemory: estimateTrainingMemory,
    datasetFacts: async (config, baseFolder) => {
      const { cacheFolder } = paths;
      const dataset = await loadDataset(config, { baseFolder, cacheFolder, onProgress });
      for (const warning of dataset.warnings) onWarning(warning);
      onDataset?.(config, dataset);
      return { fingerprint: dataset.fingerprint, trainTexts: dataset.texts.train.length };
    },
  };
}

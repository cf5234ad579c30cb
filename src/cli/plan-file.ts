import { SweepError } from '../core/errors.js';
import { resultsPaths, type ResultsPaths } from '../core/run-folder/paths.js';
import { openForReading, type SweepDatabase } from '../core/store/database.js';
import { loadDefinition } from '../sweeps/definition/load-definition.js';
import { createPlanContext } from '../sweeps/plan/plan-context.js';
import { planSweep, type SweepPlan } from '../sweeps/plan/plan.js';
import { createDataNotes } from './data-notes.js';

/** A definition and where its results are. */
export interface PlanFileOptions {
  /** Overrides of the command line. */
  readonly set: readonly string[];
  readonly results: string;
}

/**
 * Plans a definition file over a results folder; nothing is written but downloads to the cache.
 *
 * @throws SweepError for a wrong definition or unusable data
 */
export async function planFile(
  file: string,
  { set, results }: PlanFileOptions,
): Promise<SweepPlan> {
  const definition = await loadDefinition(file, { set });
  const paths = resultsPaths(results);
  const db = openIfThere(paths);
  try {
    return await planSweep(definition, createPlanContext(paths, db, createDataNotes()));
  } finally {
    db?.close();
  }
}

/** A plan needs no results: null before the first run. */
function openIfThere(paths: ResultsPaths): SweepDatabase | null {
  try {
    return openForReading(paths.database);
  } catch (error) {
    if (error instanceof SweepError && error.code === 'bad-call') return null;
    throw error;
  }
}

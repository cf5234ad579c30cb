import { SweepError } from '../core/errors.js';
import type { ResultsPaths } from '../core/run-folder/paths.js';
import type { SweepDatabase } from '../core/store/database.js';
import { databaseError, isSqliteError } from '../core/store/database-errors.js';
import type { LoadedDefinition } from '../sweeps/definition/definition.js';
import { loadDefinition } from '../sweeps/definition/load-definition.js';
import { createPlanContext } from '../sweeps/plan/plan-context.js';
import { PART_RUNS } from '../sweeps/scheduler/run-sweep.js';
import {
  checkSweep,
  type PlanContext,
  type PlanPreview,
  planSweep,
  previewSweep,
  type SweepPlan,
} from '../sweeps/plan/plan.js';
import { createDataNotes } from './data-notes.js';
import { openStore } from './open-store.js';
import { type ResultsOptions, resultsOf } from './results.js';

/** A definition and where its results are. */
export interface PlanFileOptions extends ResultsOptions {
  /** Overrides of the command line. */
  readonly set: readonly string[];
}

/**
 * Plans a definition file over a results folder; nothing is written but downloads to the cache.
 *
 * @throws SweepError for a wrong definition or unusable data
 */
export function planFile(file: string, options: PlanFileOptions): Promise<SweepPlan> {
  return withDefinition(file, options, planSweep);
}

/**
 * Reads a definition file and checks over a results folder that it can be run; nothing is written but downloads to the
 * cache.
 *
 * @throws as {@link planFile}
 */
export function checkFile(file: string, options: PlanFileOptions): Promise<LoadedDefinition> {
  return withDefinition(file, options, async (definition, context) => {
    await checkSweep(definition, context, PART_RUNS);
    return definition;
  });
}

/** From this many runs on, looking at each takes seconds: a plan then shows the first ones. */
const LARGE_PLAN = 10_000;

/**
 * {@link planFile}, or the first runs of a sweep that is too large to look at each.
 *
 * @param most runs of a preview
 */
export function planOrPreviewFile(
  file: string,
  options: PlanFileOptions,
  most: number,
): Promise<SweepPlan | PlanPreview> {
  return withDefinition<SweepPlan | PlanPreview>(file, options, (definition, context) =>
    definition.runCount > LARGE_PLAN
      ? previewSweep(definition, context, most)
      : planSweep(definition, context),
  );
}

async function withDefinition<T>(
  file: string,
  { set, ...options }: PlanFileOptions,
  plan: (definition: LoadedDefinition, context: PlanContext) => Promise<T>,
): Promise<T> {
  const definition = await loadDefinition(file, { set });
  const paths = resultsOf(options);
  const db = openIfThere(paths);
  try {
    return await plan(definition, createPlanContext(paths, db, createDataNotes()));
  } catch (error) {
    throw isSqliteError(error) ? databaseError(paths.database, error) : error;
  } finally {
    db?.close();
  }
}

/** A plan needs no results: null before the first run. */
function openIfThere(paths: ResultsPaths): SweepDatabase | null {
  try {
    return openStore(paths);
  } catch (error) {
    if (error instanceof SweepError && error.code === 'bad-call') return null;
    throw error;
  }
}

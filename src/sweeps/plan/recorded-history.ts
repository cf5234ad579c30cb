import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import type { TrainRunConfig } from '../../core/config/run-schema.js';
import { parameterCount } from '../../core/model/parameter-count.js';
import type { ResultsPaths } from '../../core/run-folder/paths.js';
import { readRunLog } from '../../core/run-folder/run-log.js';
import { deriveRunState, outcomeOf } from '../../core/run-folder/run-state.js';
import type { SweepDatabase } from '../../core/store/database.js';
import { objectiveValue } from '../../core/store/objective-value.js';
import { runsByIds } from '../../core/store/run-queries.js';
import { runState } from '../../core/store/run-state.js';
import { type MeasuredStep, measuredStepSeconds } from '../../core/store/step-time-queries.js';
import type { RunHistory } from './history.js';

/** What a results folder knows of earlier runs: its database, or the folders of runs that are not recorded yet. */
export function createRecordedHistory(paths: ResultsPaths, db: SweepDatabase | null): RunHistory {
  const steps = db === null ? [] : measuredStepSeconds(db, hostname());
  return {
    find: (runId) => {
      const run = paths.run(runId);
      // The folder is the truth: a run that is only in the database was deleted to be trained again.
      if (!existsSync(run.runFile)) return undefined;
      const [row] = db === null ? [] : runsByIds(db, [runId]);
      if (row !== undefined)
        return { state: runState(row, paths), sweeps: row.appearances.map(({ sweep }) => sweep) };
      const { events, cursor } = readRunLog(run);
      const outcome = outcomeOf(events);
      const state = deriveRunState(run, { attempt: cursor.attempt, outcome });
      return { state, sweeps: [] };
    },
    objectiveValue: (runId, metric) => {
      const [row] = db === null ? [] : runsByIds(db, [runId]);
      return row === undefined ? undefined : (objectiveValue(row, metric) ?? undefined);
    },
    stepSeconds: (config) => expectStepSeconds(config, steps),
  };
}

/** A model this many times larger or smaller says too little about the time of a step. */
const MOST_DIFFERENCE = 4;

/**
 * The step time of a run of the same shapes, else that of the most similar one, scaled by the work of a step, which is
 * in proportion to parameters × tokens × texts.
 */
function expectStepSeconds(
  { model, train }: TrainRunConfig,
  steps: readonly MeasuredStep[],
): number | undefined {
  const work = parameterCount(model) * model.tokens * train.batchSize;
  let nearest: { seconds: number; difference: number } | undefined;
  for (const step of steps) {
    const ratio = work / (step.parameters * step.tokens * step.batchSize);
    const difference = Math.max(ratio, 1 / ratio);
    if (difference > MOST_DIFFERENCE) continue;
    if (nearest === undefined || difference < nearest.difference)
      nearest = { seconds: step.stepSeconds * ratio, difference };
  }
  return nearest?.seconds;
}

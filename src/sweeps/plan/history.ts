import type { TrainRunConfig } from '../../core/config/run-schema.js';
import type { RunState } from '../../core/run-folder/run-state.js';
import type { Metric } from '../definition/schema.js';

/** What is known of a run that has a folder. */
export interface KnownRun {
  readonly state: RunState;
  /** Names of the sweeps in which it appears. */
  readonly sweeps: readonly string[];
}

/**
 * What earlier runs left behind, as far as a plan needs it.
 *
 * **Freshness**: a plan asks anew each time; answers are those of the moment.
 * **Errors**: a run that is not known is undefined, never an error.
 */
export interface RunHistory {
  find(runId: string): KnownRun | undefined;
  /** The metric at the run's best checkpoint; undefined while it has none. */
  objectiveValue(runId: string, metric: Metric): number | undefined;
  /** Mean seconds of one optimizer step of such a run on this machine; undefined until it was measured. */
  stepSeconds(config: TrainRunConfig): number | undefined;
}

/** Whether a run has a result: a diverged run has one too, it is not tried again. */
export function isFinished(state: RunState | undefined): boolean {
  return state === 'completed' || state === 'diverged';
}

/** Whether nobody works on a run any more and it is not about to start. */
export function hasEnded(state: RunState | undefined): boolean {
  return isFinished(state) || state === 'failed';
}

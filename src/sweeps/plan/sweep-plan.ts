import type { DatasetConfig } from '../../core/config/dataset-schema.js';
import type { ModelConfig } from '../../core/config/run-schema.js';
import type { LoadedDefinition } from '../definition/definition.js';
import type { RunHistory } from './history.js';
import type { PlannedRun, PlanTotals } from './planned-run.js';

/** What a plan needs to know of a data set. */
export interface DatasetFacts {
  /** SHA-256 of the cleaned texts. */
  readonly fingerprint: string;
  /** Texts of the training split. */
  readonly trainTexts: number;
}

/** What a plan is made from, beside the definition. */
export interface PlanContext {
  /** Reads a data set; asked once for each different one. */
  datasetFacts(config: DatasetConfig, baseFolder: string): Promise<DatasetFacts>;
  readonly history: RunHistory;
  /** Estimate of what training takes; left out where it is not known. */
  readonly estimateMemory?: (model: ModelConfig, batchSize: number) => number;
}

/** All runs of a definition, what is already there of them, and the plans that it stands on. */
export interface SweepPlan {
  readonly definition: LoadedDefinition;
  /** In the order of expansion: runs × grid × zip × replicates. */
  readonly runs: readonly PlannedRun[];
  readonly totals: PlanTotals;
  /** Plans of the definitions named by `from`; their runs come first. */
  readonly upstream: readonly SweepPlan[];
  /** Sum over the runs that are left, one after the other; undefined when one of them was never measured. */
  readonly expectedSeconds: number | undefined;
}

/** The beginning of a plan too large to look at each run. */
export interface PlanPreview {
  readonly definition: LoadedDefinition;
  /** The first ones, in the order of expansion. */
  readonly runs: readonly PlannedRun[];
  /** How many there are; runs with the same key count each. */
  readonly runCount: number;
  readonly upstream: readonly SweepPlan[];
}

/** A sweep whose runs are planned one part after the other, so that never all of them are in memory. */
export interface PlanSource {
  readonly definition: LoadedDefinition;
  /** Its runs in the order of expansion, planned anew each time. */
  parts(): Iterable<readonly PlannedRun[]> | AsyncIterable<readonly PlannedRun[]>;
}

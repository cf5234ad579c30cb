import type { BaselineAnalysis } from './baselines.js';
import type { BestComparison } from './comparisons.js';
import type { SweepCorrelations } from './correlations.js';
import type { DesignCheck } from './design/check-design.js';
import type { ForestImportance } from './design/forest-importance.js';
import type { KeyEffects } from './design/key-effects.js';
import type { Diagnosis } from './diagnosis.js';
import type { SampleAnalysis } from './sample-analysis.js';
import type { EpochCorrelation } from './statistics/epoch-correlation.js';
import type { Summary } from './statistics/summary.js';
import type { Objective } from './objective.js';

/**
 * How far a run is, as the database knows it. `unfinished`: it has started and has no outcome yet; whether a process
 * still works on it is not in the database.
 */
export type AnalysisState =
  'planned' | 'unfinished' | 'completed' | 'diverged' | 'failed' | 'stopped';

export interface Scores {
  /** Nats per text. */
  readonly nll: number;
  /** Nats per predicted character, padding included; see nll-per-character.ts. */
  readonly nllPerCharacter: number;
  /** Share of positions where the argmax is right. */
  readonly top1: number;
  /** Number of the event in the run's log that has both. */
  readonly seq: number | null;
  /** Epoch of the model, from 0. */
  readonly epoch: number | null;
}

/** The run whose best checkpoint is sampled. */
export interface SampleSource {
  readonly key: string;
  readonly id: string;
  /** Its name; null when the database does not have it, as everything below. */
  readonly name: string | null;
  /** The first sweep that has it. */
  readonly sweep: string | null;
  readonly parameters: number | null;
  /** Of the checkpoint that is sampled. */
  readonly best: { readonly val: Scores | null; readonly test: Scores | null };
}

/** Everything the analysis says about one run; numbers are unrounded. */
export interface RunAnalysis {
  readonly id: string;
  readonly name: string;
  readonly kind: 'train' | 'sample';
  readonly state: AnalysisState;
  /** Why it ended, in the worker's words; null when there is nothing to say. */
  readonly reason: string | null;
  /** Place by the sweep's objective, from 1; null for a run without one. */
  readonly rank: number | null;
  readonly parameters: number;
  readonly seed: number;
  /** What differs from the sweep's base: dotted key to value. */
  readonly changes: Readonly<Record<string, unknown>>;
  /** Epochs trained. */
  readonly epochs: number;
  /** From 0. */
  readonly bestEpoch: number | null;
  /** After the last epoch; training scores are means over the epoch, with dropout. */
  readonly final: { readonly train: Scores | null; readonly val: Scores | null };
  /** At the best epoch; `test` is the best checkpoint on the test texts. */
  readonly best: {
    readonly train: Scores | null;
    readonly val: Scores | null;
    readonly test: Scores | null;
  };
  /** Validation NLL against validation top-1 over the epochs; null for a run that only samples. */
  readonly correlation: EpochCorrelation | null;
  /** How its training went; null for a run without an epoch. */
  readonly diagnosis: Diagnosis | null;
  /** Its final samples, by rising temperature. */
  readonly samples: readonly SampleAnalysis[];
  /** Of all attempts together. */
  readonly seconds: number | null;
  readonly device: string | null;
  /** Null for a run that trains. */
  readonly source: SampleSource | null;
  readonly temperatures: readonly number[];
}

/** Runs that differ by nothing but the seed. */
export interface ReplicateGroup {
  readonly runIds: readonly string[];
  readonly names: readonly string[];
  /** Over the runs that have the value, each at its best checkpoint. */
  readonly valNll: Summary | null;
  readonly valTop1: Summary | null;
  readonly testNll: Summary | null;
  readonly testTop1: Summary | null;
}

export interface AnalysisNote {
  /** Name of the run it is about; null for the sweep. */
  readonly run: string | null;
  readonly text: string;
}

/** `sweep analyze --json`: see docs/json.md. */
export interface SweepAnalysis {
  readonly version: 1;
  readonly kind: 'analysis';
  readonly sweep: string;
  readonly title: string | null;
  readonly objective: Objective;
  /** The run in first place. */
  readonly best: { readonly id: string; readonly name: string; readonly value: number } | null;
  /** In the order of the definition. */
  readonly runs: readonly RunAnalysis[];
  /** Only groups of at least two runs. */
  readonly replicates: readonly ReplicateGroup[];
  readonly correlations: SweepCorrelations;
  /** Null when the best run has nothing to be compared with text by text. */
  readonly comparison: BestComparison | null;
  /** Models of counted characters on the texts of the runs, once for each set of texts. */
  readonly baselines: readonly BaselineAnalysis[];
  /** What these runs cannot tell, whatever their results are. */
  readonly design: DesignCheck;
  /** What each swept key does to the objective. */
  readonly effects: KeyEffects;
  /** How much a forest needs each swept key; null for a small design. */
  readonly forest: ForestImportance | null;
  readonly notes: readonly AnalysisNote[];
}

import type { Retention } from '../../core/run-folder/retention.js';
import type { Budget } from './budget.js';
import type { Metric } from './schema.js';
import type { WhereClause } from './where-clause.js';

/** One value that a definition states, and where it stands. */
export interface Override {
  readonly value: unknown;
  /** `file:line:column`, or `--set`. */
  readonly where: string;
}

/** Fields that a definition states, by dotted name. */
export type Overrides = ReadonlyMap<string, Override>;

/** A field that takes several values. */
export interface Axis {
  readonly key: string;
  readonly values: readonly Override[];
}

/** Metric and direction that define "best". */
export interface Objective {
  readonly metric: Metric;
  readonly goal: 'minimize' | 'maximize';
}

/** A result that a definition or one of its runs stands on. */
export interface FromReference {
  /** The other definition as it is written; undefined for this sweep itself. */
  readonly sweep: string | undefined;
  /** Names of the runs to choose among; undefined for all. */
  readonly runs: readonly string[] | undefined;
  /** Undefined: by the objective of the sweep that is chosen from. */
  readonly by: Objective | undefined;
  readonly take: 'configuration' | 'checkpoint';
  /** Place of `from` in the file. */
  readonly where: string;
}

/** One of the explicit cases under `runs`. */
export interface RunEntry {
  readonly name: string;
  readonly notes: string | undefined;
  readonly overrides: Overrides;
  readonly budget: Budget | undefined;
  readonly from: FromReference | undefined;
  /** Place of its name in the file. */
  readonly where: string;
}

/**
 * What is done about runs that fail, hang or take too long; it changes no result and enters no run key. What is left out
 * is for the scheduler to choose.
 */
export interface FailureHandling {
  readonly retries: number | undefined;
  readonly timeoutMs: number | undefined;
  readonly gracePeriodMs: number | undefined;
  readonly stopAfter: number | undefined;
}

/** A definition file that is valid in itself. */
export interface Definition {
  readonly name: string;
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly objective: Objective;
  /** What `dataset` and `base` state. */
  readonly base: Overrides;
  /** What `--set` states: it is applied last, to every run. */
  readonly set: Overrides;
  readonly runs: readonly RunEntry[];
  readonly grid: readonly Axis[];
  /** All of the same length. */
  readonly zip: readonly Axis[];
  /** Name of a device, unless the command line chooses one. */
  readonly device: string | undefined;
  readonly handling: FailureHandling;
  /** Which checkpoints of its runs are kept; undefined: the default. */
  readonly keep: Retention | undefined;
  readonly replicates: number;
  readonly where: WhereClause | undefined;
  readonly budget: Budget | undefined;
  readonly from: FromReference | undefined;
}

/** A definition with where it was read from and the definitions it stands on. */
export interface LoadedDefinition extends Definition {
  /** Absolute path of the file. */
  readonly path: string;
  /** The path as the user gave it; messages start with it. */
  readonly file: string;
  /** Folder of the file: relative paths in it start there. */
  readonly folder: string;
  /** The file's content, for the copy that the sweep's folder keeps. */
  readonly text: string;
  /** Definitions named by `from.sweep`, by the name as it is written. */
  readonly upstream: ReadonlyMap<string, LoadedDefinition>;
  /** Runs that `where` keeps, as far as it can be told before the results that runs stand on are there. */
  readonly runCount: number;
}

/** Whether all runs of a definition only sample a checkpoint, so that nothing is trained. */
export function onlySamples(definition: Definition): boolean {
  return definition.from?.take === 'checkpoint';
}

import type { RunConfig } from '../../core/config/run-schema.js';
import type { RunState } from '../../core/run-folder/run-state.js';

/** A run of some sweep, by name. */
export interface RunReference {
  /** Name of the sweep. */
  readonly sweep: string;
  /** Name of the run in it. */
  readonly run: string;
}

interface RunInPlan {
  /** Unique in its sweep. */
  readonly name: string;
  /** What the run states beyond the base, by dotted key. */
  readonly changes: Readonly<Record<string, unknown>>;
  /** From 1. */
  readonly replicate: number;
}

/** A run whose configuration is known. */
export interface ResolvedRun extends RunInPlan {
  /**
   * `finished`: completed or diverged, nothing is left to do; `to-be-continued`: started before and not finished
   * (failed, stopped, interrupted, or running elsewhere); `new`: never started.
   */
  readonly status: 'new' | 'finished' | 'to-be-continued';
  /** State of the run's folder; undefined when there is none. */
  readonly state: RunState | undefined;
  /** Other sweeps in which the run appears. */
  readonly reusedFrom: readonly string[];
  /** Name of an earlier run of the same plan with the same key: it is trained and counted once. */
  readonly sameAs: string | undefined;
  readonly config: RunConfig;
  /** SHA-256 of all that can change the result. */
  readonly key: string;
  /** First 12 hex digits of the key. */
  readonly id: string;
  /** Null for a run that only samples. */
  readonly dataFingerprint: string | null;
  /** Folder against which the data set's relative paths are resolved. */
  readonly baseFolder: string;
  readonly parameters: number;
  /** What training needs at most; undefined for a run that only samples, or where it is not known. */
  readonly memoryBytes: number | undefined;
  /** What training takes at most, by the measured step time and without early stopping; undefined if not measured. */
  readonly expectedSeconds: number | undefined;
}

/** A run that stands on a result which is not there yet. */
export interface WaitingRun extends RunInPlan {
  readonly status: 'waiting';
  /** The runs to choose from that have not ended; empty when all have ended without a value to compare. */
  readonly waitingFor: readonly RunReference[];
  /** Why it waits, as a sentence. */
  readonly reason: string;
}

export type PlannedRun = ResolvedRun | WaitingRun;
export type PlanStatus = PlannedRun['status'];

/** How many different runs a plan holds, by status. */
export type PlanTotals = Readonly<Record<PlanStatus, number>>;

/** Counts the runs of a plan; runs with the same key count once. */
export function countRuns(runs: readonly PlannedRun[]): PlanTotals {
  const totals = { new: 0, finished: 0, 'to-be-continued': 0, waiting: 0 };
  for (const run of runs)
    if (run.status === 'waiting' || run.sameAs === undefined) totals[run.status]++;
  return totals;
}

/** The totals in words: `12 new, 4 reused`, then what else there is. */
export function describeTotals(totals: PlanTotals): string {
  const parts = [`${totals.new} new`, `${totals.finished} reused`];
  if (totals['to-be-continued'] > 0) parts.push(`${totals['to-be-continued']} to be continued`);
  if (totals.waiting > 0) parts.push(`${totals.waiting} waiting`);
  return parts.join(', ');
}

import type { ModelConfig } from '../config/run-schema.js';
import type { EpochCommit } from '../run-folder/commit.js';
import type { Actual, NewRunEvent, RunEvent } from '../run-folder/event.js';
import type { AttemptPaths, ResultsPaths } from '../run-folder/paths.js';
import type { RunFile } from '../run-folder/run-file.js';
import type { WorkKind } from '../run-folder/work-pace.js';

/** What a worker gives a trainer. */
export interface TrainerContext {
  readonly run: RunFile;
  /** The attempt's own folder, with the checkpoints of the one that it goes on from. */
  readonly paths: AttemptPaths;
  /** The results folder around the run: the data cache and other runs' checkpoints. */
  readonly results: ResultsPaths;
  /** CPU threads the run may use. */
  readonly threads: number;
  /** `auto` or the name of a device. */
  readonly device: string;
  /** Asks the trainer to end soon: it then throws the signal's reason, and the run can be continued. */
  readonly signal: AbortSignal;
  /** The run's record before this attempt. */
  readonly earlier: readonly RunEvent[];
  /**
   * Says what the run really uses, before the first epoch, and what a user should know about where it goes on.
   * @throws SweepError `plan-mismatch` when that is not what was planned
   */
  readonly started: (fromEpoch: number, actual: Actual, notices?: readonly string[]) => void;
  /**
   * Says that a piece of work begins and the one before it is done: to be called before each step, each batch of an
   * evaluation, each set of samples. It costs a microsecond; who does not call it for too long counts as stalled.
   */
  readonly begins: (kind: WorkKind) => void;
  /** Says how far the run is: a sign of life, written and not synced. */
  readonly report: (event: ProgressEvent) => void;
  /** Tells an epoch that has no checkpoint: written, and on disk at the latest with the closing event. */
  readonly tellEpoch: (event: EpochEvent) => void;
  /**
   * Puts an epoch on record: its checkpoint and its events are on disk when the call returns, or none of them.
   * @throws the signal's reason when the run was asked to end here
   */
  readonly commitEpoch: (model: ModelConfig, epoch: EpochCommit) => void;
}

/** A sign of life; see the event `progress`. */
export type ProgressEvent = Extract<NewRunEvent, { type: 'progress' }>;

/** The scores of an epoch; see the event `epoch`. */
export type EpochEvent = Extract<NewRunEvent, { type: 'epoch' }>;

/** How an attempt ended; the worker makes the closing event of it. */
export type TrainerOutcome = (
  | { readonly type: 'completed'; readonly reason: 'early-stopping' | 'max-epochs' | 'sampled' }
  | {
      readonly type: 'diverged';
      readonly epoch: number;
      readonly nll: number;
      readonly message: string;
    }
) & {
  /** What is told at the end: on disk together with the closing event, or not at all. */
  readonly events: readonly NewRunEvent[];
};

/**
 * Something that can do a run.
 *
 * **Durability**: an epoch is on record with its checkpoint and its events, or not at all; a worker that dies at any
 * moment is started again with `continue` (or `start`, if there is nothing to continue from).
 *
 * **Determinism**: the result depends on `run.config` and the data alone, on the same device and thread count.
 *
 * **Errors**: a thrown error fails the run; its message is what the user sees. The reason of an aborted signal, thrown
 * on, stops the run instead.
 */
export interface Trainer {
  readonly name: string;
  /** Whether the run's folder holds something to continue from. */
  canContinue(context: TrainerContext): boolean;
  /** Does the run from its beginning. */
  start(context: TrainerContext): Promise<TrainerOutcome>;
  /** Goes on from what the folder holds and ends as if never interrupted. */
  continue(context: TrainerContext): Promise<TrainerOutcome>;
}

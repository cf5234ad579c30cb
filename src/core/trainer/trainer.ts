import type { Actual, NewRunEvent } from '../run-folder/event.js';
import type { ResultsPaths, RunPaths } from '../run-folder/paths.js';
import type { RunFile } from '../run-folder/run-file.js';

/** What a worker gives a trainer. */
export interface TrainerContext {
  readonly run: RunFile;
  readonly paths: RunPaths;
  /** The results folder around the run: the data cache and other runs' checkpoints. */
  readonly results: ResultsPaths;
  /** CPU threads the run may use. */
  readonly threads: number;
  /** `auto` or the name of a device. */
  readonly device: string;
  /** Asks the trainer to end soon: it then throws the signal's reason, and the run can be continued. */
  readonly signal: AbortSignal;
  /**
   * Says what the run really uses, before the first epoch.
   * @throws SweepError `plan-mismatch` when that is not what was planned
   */
  readonly started: (fromEpoch: number, actual: Actual) => void;
  /** Puts an event on disk; it is there when the call returns. */
  readonly report: (event: NewRunEvent) => void;
  /**
   * To be called when an epoch and its checkpoint are on disk, where an end loses no work.
   * @throws the signal's reason when the run was asked to end there
   */
  readonly endOfEpoch: () => void;
}

/** How an attempt ended; the worker makes the closing event of it. */
export type TrainerOutcome =
  | { readonly type: 'completed'; readonly reason: 'early-stopping' | 'max-epochs' | 'sampled' }
  | {
      readonly type: 'diverged';
      readonly epoch: number;
      readonly nll: number;
      readonly message: string;
    };

/**
 * Something that can do a run.
 *
 * **Durability**: whatever a trainer reports is on disk; a worker that dies at any moment is started again with
 * `continue` (or `start`, if there is nothing to continue from).
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

import type { RunFile } from '../../core/run-folder/run-file.js';
import type { RunEvent } from '../../core/run-folder/event.js';
import type { RunOutcome } from '../../core/run-folder/run-state.js';
import type { JobPlan } from './choose-jobs.js';
import type { Retry } from './retry-book.js';

/** A run that is worked on, with its name in the sweep that asked for it. */
export interface ObservedRun {
  readonly name: string;
  readonly sweep: string;
  readonly run: RunFile;
  /** File with the output of its latest worker. */
  readonly log: () => string;
}

/** What a sweep begins with. */
export interface SweepBegin extends JobPlan {
  /** Runs to do, as far as the sweep was looked at. */
  readonly todo: number;
  /** Runs that were found finished. */
  readonly reused: number;
  /** Runs of a large sweep that are looked at when their turn comes. */
  readonly more: number;
  /** Names of the devices that share the runs. */
  readonly devices: readonly string[];
}

/** Hears what happens while a sweep runs; nothing it does changes the sweep. */
export interface SweepObserver {
  /** Runs are about to be done. */
  readonly onBegin: (begin: SweepBegin) => void;
  readonly onRunStart: (run: ObservedRun, continued: boolean) => void;
  readonly onEvents: (run: ObservedRun, events: readonly RunEvent[]) => void;
  /** It failed, and is tried again after a while. */
  readonly onRetry: (run: ObservedRun, retry: Retry) => void;
  readonly onRunEnd: (run: ObservedRun, outcome: RunOutcome) => void;
  /** Something that the user should know and that belongs to no run. */
  readonly onNotice: (message: string) => void;
}

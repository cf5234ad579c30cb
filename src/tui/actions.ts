/** How a run or a sweep is stopped: at once, or when the epoch that is worked on has ended. */
export type StopMoment = 'now' | 'epoch';

/** The process that runs sweeps in this results folder, and what it has been told. */
export interface Coordination {
  readonly isAtWork: boolean;
  /** When it began, by the steady clock of this host; null when it is on another one, or there is none. */
  readonly begunMs: number | null;
  readonly isPaused: boolean;
  /** Runs at once as it was last told; null for its own choice. */
  readonly jobs: number | null;
  readonly stop: StopMoment | null;
}

/** No process runs sweeps here. */
export const NO_COORDINATION: Coordination = {
  isAtWork: false,
  begunMs: null,
  isPaused: false,
  jobs: null,
  stop: null,
};

/**
 * What a dashboard can do to its sweep. A request returns when it is on disk, not when it has been obeyed.
 */
export interface Actions {
  readonly coordination: () => Coordination;
  /** Paused, no new run starts; those at work go on. */
  readonly setPaused: (isPaused: boolean) => void;
  readonly setJobs: (jobs: number) => void;
  readonly stopSweep: (moment: StopMoment) => void;
  readonly stopRun: (runId: string, moment: StopMoment) => void;
  /**
   * Writes on a run: another note, or tags more or less.
   *
   * @throws SweepError for a note or a tag that cannot be kept, or when the results cannot be written
   */
  readonly annotate: (
    runId: string,
    change: {
      readonly note?: string;
      readonly add?: readonly string[];
      readonly remove?: readonly string[];
    },
  ) => void;
  /** Runs that failed or were stopped are tried again, by the process at work or by the next one. */
  readonly retry: (runIds: readonly string[]) => void;
}

/** Pearson's r of two columns of a run; where there is none, the reason. */
export interface RunCorrelation {
  readonly r: number | null;
  /** 95 % confidence interval. */
  readonly low: number | null;
  readonly high: number | null;
  readonly reason: string | null;
}

/** Correlates the validation NLL with the validation top-1 of the epochs of a run. */
export type Correlate = (nll: readonly number[], top1: readonly number[]) => RunCorrelation;

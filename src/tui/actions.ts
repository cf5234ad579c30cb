/** How a run or a sweep is stopped: at once, or when the epoch that is worked on has ended. */
export type StopMoment = 'now' | 'epoch';

/** What the process that runs the sweep has been told. */
export interface Coordination {
  readonly isPaused: boolean;
  /** Runs at once as it was last told; null for its own choice. */
  readonly jobs: number | null;
  readonly stop: StopMoment | null;
}

/** What a dashboard can do to its sweep. Each returns when the request is on disk, and not when it has been obeyed. */
export interface Actions {
  readonly coordination: () => Coordination;
  /** Paused, no new run starts; those at work go on. */
  readonly setPaused: (isPaused: boolean) => void;
  readonly setJobs: (jobs: number) => void;
  readonly stopSweep: (moment: StopMoment) => void;
  readonly stopRun: (runId: string, moment: StopMoment) => void;
  /** Runs that failed or were stopped are tried again. */
  readonly retry: (runIds: readonly string[]) => void;
}

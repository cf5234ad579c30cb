/** What a worker needs to know that is not in its run's folder. */
export interface LaunchOrder {
  /** `<results>/runs/<id>`, with `run.json` in it. */
  readonly runFolder: string;
  /** Number of the attempt that was made for it. */
  readonly attempt: number;
  /** File that takes the worker's standard output and error, opened for appending; see bounded-log.ts. */
  readonly logFile: string;
  readonly threads: number;
  readonly device: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** How a worker process ended; the run's log says what it did. */
export interface WorkerExit {
  readonly exitCode: number | null;
  /** Signal that ended it, such as SIGKILL. */
  readonly signal: string | null;
  /** Of one that somebody else killed: whether the kernel did because memory ran out; left out where nobody can tell. */
  readonly forMemory?: boolean;
}

/** A worker that was launched. */
export interface LaunchedWorker {
  /** Settles when the process has ended; rejects when it could not be started. */
  readonly ended: Promise<WorkerExit>;
  /** Asks the worker to end cleanly. */
  stop(): void;
  /** Ends it at once. */
  kill(): void;
}

/** A run that waits in a worker for the ones before it. Nothing of it has happened. */
export interface QueuedRun {
  /** The worker, as soon as it begins with the run; null when it does not: the run is to be launched in another way. */
  readonly begun: Promise<LaunchedWorker | null>;
  /** Asks for the run; the answer is {@link begun}, for it may have begun. */
  takeBack(): void;
}

/**
 * Starts workers somewhere: as local processes, and later as jobs of a cluster.
 *
 * **Contract**: a launcher starts `worker.js` for a run's folder and watches the process. It never reads or writes
 * what is inside the folder but the log file, and knows nothing of sweeps.
 */
export interface Launcher {
  readonly name: string;
  launch(order: LaunchOrder): LaunchedWorker;
  /**
   * Hands a run to a worker that is at another one, so that it does not wait between the two. Left out by launchers whose
   * workers do one run each.
   *
   * @returns null when that worker takes no such run
   */
  queue?(order: LaunchOrder, behind: LaunchedWorker): QueuedRun | null;
}

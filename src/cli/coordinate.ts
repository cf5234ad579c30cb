import { resultsPaths, type ResultsPaths } from '../core/run-folder/paths.js';
import { openForReading, type SweepDatabase } from '../core/store/database.js';
import { createRecorder, type Recorder } from '../core/store/recorder.js';
import type { StopSignals } from '../sweeps/scheduler/follow-worker.js';
import { lockResults } from '../sweeps/scheduler/results-lock.js';
import { listenForInterrupts } from './interrupt.js';
import { noteProse } from './output.js';

/** What the one process that works in a results folder has. */
export interface Coordinator {
  readonly paths: ResultsPaths;
  readonly recorder: Recorder;
  readonly db: SweepDatabase;
  readonly signals: StopSignals;
  /** Does what Ctrl-C does; a dashboard hears the key itself. */
  readonly interrupt: () => void;
  /** Sets what is done before the user is told of an interrupt, such as giving the screen back. */
  readonly beforeInterrupt: (listener: () => void) => void;
}

/**
 * Works in a results folder as its only coordinator; Ctrl-C, SIGTERM and SIGHUP become signals meanwhile.
 *
 * @throws SweepError `busy` when another one is at work, and whatever the work throws
 */
export async function coordinate(
  results: string,
  work: (coordinator: Coordinator) => Promise<void>,
): Promise<void> {
  const paths = resultsPaths(results);
  const unlock = lockResults(paths.folder);
  let beforeInterrupt = (): void => undefined;
  const interrupts = listenForInterrupts(() => {
    beforeInterrupt();
    noteProse(
      '\nStopping: each run ends after its current step. Press Ctrl-C again to end at once.',
    );
  });
  let recorder: Recorder | undefined;
  try {
    recorder = createRecorder(paths);
    const db = openForReading(paths.database);
    try {
      const { signals, interrupt } = interrupts;
      const setBeforeInterrupt = (listener: () => void): void => {
        beforeInterrupt = listener;
      };
      await work({ paths, recorder, db, signals, interrupt, beforeInterrupt: setBeforeInterrupt });
    } finally {
      db.close();
    }
  } finally {
    recorder?.close();
    interrupts.dispose();
    unlock();
  }
}

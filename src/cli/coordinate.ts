import type { ResultsPaths } from '../core/run-folder/paths.js';
import { openForReading, type SweepDatabase } from '../core/store/database.js';
import { createRecorder, type Recorder } from '../core/store/recorder.js';
import { takenInUpTo } from '../core/store/taken-in.js';
import type { StopSignals } from '../sweeps/scheduler/follow-worker.js';
import type { HeldResults } from '../sweeps/scheduler/hold-results.js';
import { withHeldResults } from './hold-results.js';
import { listenForInterrupts } from './interrupt.js';
import { noteProse } from './output.js';
import { type ResultsOptions, resultsOf } from './results.js';

/** What the one process that works in a results folder has. */
export interface Coordinator {
  readonly paths: ResultsPaths;
  readonly held: HeldResults;
  readonly recorder: Recorder;
  readonly db: SweepDatabase;
  readonly signals: StopSignals;
  /** Does what Ctrl-C does; a dashboard hears the key itself. */
  readonly interrupt: () => void;
  /** Sets what is done before the user is told of an interrupt, such as giving the screen back. */
  readonly beforeInterrupt: (listener: () => void) => void;
}

/**
 * Works in a results folder as its only coordinator, with all recorded that workers left behind when an earlier one died;
 * Ctrl-C, SIGTERM and SIGHUP become signals meanwhile.
 *
 * @throws SweepError `busy` when another one is at work, and whatever the work throws
 */
export async function coordinate(
  options: ResultsOptions,
  work: (coordinator: Coordinator) => Promise<void>,
): Promise<void> {
  const paths = resultsOf(options);
  await withHeldResults(paths, async (held) => {
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
      recorder.ingestAll();
      const db = openForReading(paths.database);
      try {
        const { signals, interrupt } = interrupts;
        const setBeforeInterrupt = (listener: () => void): void => {
          beforeInterrupt = listener;
        };
        await work({
          ...{ paths, held, recorder, db, signals, interrupt },
          beforeInterrupt: setBeforeInterrupt,
        });
      } finally {
        db.close();
      }
      recorder.markTakenIn(takenInUpTo(paths, held));
    } finally {
      recorder?.close();
      interrupts.dispose();
    }
  });
}

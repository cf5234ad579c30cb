import { SweepError } from '../../core/errors.js';
import type { Recorder } from '../../core/store/recorder.js';

/**
 * Takes in what a run has logged. While another program holds the database, training goes on: the log is on disk, and
 * the next call takes in what this one could not.
 */
export function ingestUnlessBusy(recorder: Pick<Recorder, 'ingest'>, runId: string): void {
  try {
    recorder.ingest(runId);
  } catch (error) {
    if (!(error instanceof SweepError && error.code === 'busy')) throw error;
  }
}

import type { ResultsPaths } from '../core/run-folder/paths.js';
import { requestRetry, requestRunStop } from '../sweeps/control/run-requests.js';
import { changeSweepControl, readSweepControl } from '../sweeps/control/sweep-control.js';
import { coordinatorAtWork } from '../sweeps/scheduler/results-lock.js';
import type { Actions } from '../tui/actions.js';
import { annotateRun } from './annotate-run.js';

/** What a dashboard does, by the same requests as `sweep stop` and `sweep retry`. */
export function createDashboardActions(paths: ResultsPaths, sweep: string): Actions {
  return {
    coordination: () => {
      const lease = coordinatorAtWork(paths.folder);
      // What was asked of a process that has ended holds no longer: the next one forgets it.
      if (lease === null) return { startedAt: null, isPaused: false, jobs: null, stop: null };
      const { paused, jobs, stop } = readSweepControl(paths, sweep);
      return { startedAt: lease.renewedAt, isPaused: paused, jobs, stop };
    },
    setPaused: (isPaused) => {
      changeSweepControl(paths, sweep, { paused: isPaused });
    },
    setJobs: (jobs) => {
      changeSweepControl(paths, sweep, { jobs });
    },
    stopSweep: (moment) => {
      changeSweepControl(paths, sweep, { stop: moment });
    },
    stopRun: (runId, moment) => {
      requestRunStop(paths, runId, moment);
    },
    annotate: (runId, change) => {
      annotateRun(paths, runId, change);
    },
    retry: (runIds) => {
      requestRetry(paths, runIds);
    },
  };
}

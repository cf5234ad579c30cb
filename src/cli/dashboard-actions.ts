import { workingCoordinator } from '../core/run-folder/coordinators.js';
import { isSameBoot } from '../core/run-folder/holder.js';
import type { ResultsPaths } from '../core/run-folder/paths.js';
import { requestRetry, requestRunStop } from '../sweeps/control/run-requests.js';
import { changeSweepControl, readSweepControl } from '../sweeps/control/sweep-control.js';
import type { Actions } from '../tui/actions.js';
import { annotateRun } from './annotate-run.js';

/** What a dashboard does, by the same requests as `sweep stop` and `sweep retry`. */
export function createDashboardActions(paths: ResultsPaths, sweep: string): Actions {
  return {
    coordination: () => {
      const coordinator = workingCoordinator(paths);
      // What was asked of a process that has ended holds no longer: the next one forgets it.
      if (coordinator === null)
        return { isAtWork: false, begunMs: null, isPaused: false, jobs: null, stop: null };
      const { paused, jobs, stop } = readSweepControl(paths, sweep);
      const { lease } = coordinator.state;
      const begunMs = lease !== null && isSameBoot(lease.holder) ? lease.sinceMs : null;
      return { isAtWork: true, begunMs, isPaused: paused, jobs, stop };
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

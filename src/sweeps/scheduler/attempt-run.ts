import { availableParallelism } from 'node:os';
import { type Device, deviceName } from '../../core/engine/devices.js';
import { openRunLog } from '../../core/run-folder/commit.js';
import { readEvents } from '../../core/run-folder/event-log.js';
import type { ResultsPaths, RunPaths } from '../../core/run-folder/paths.js';
import { clearStopRequest, readStopRequest } from '../../core/run-folder/stop-request.js';
import { takeRetryRequest } from '../control/run-requests.js';
import type { LaunchedWorker, Launcher } from '../launchers/launcher.js';
import type { JobPlan } from './choose-jobs.js';
import type { AttemptResult } from './close-attempt.js';
import { executeRun, executeRunBehind, type RunListener, type RunOrder } from './execute-run.js';
import type { StopSignals } from './follow-worker.js';
import type { Intake } from './intake.js';
import type { ObservedRun, SweepObserver } from './observer.js';
import type { RunPolicy } from './run-policy.js';

/** What an attempt is made with. */
export interface AttemptOrder {
  readonly paths: ResultsPaths;
  readonly intake: Pick<Intake, 'add'>;
  readonly launcher: Launcher;
  readonly plan: JobPlan;
  /** For the workers' record. */
  readonly environment: Readonly<Record<string, string>>;
  readonly policy: RunPolicy;
  readonly signals: StopSignals;
  readonly observer: SweepObserver;
}

/** Where an attempt is made. */
export interface AttemptPlace {
  readonly device: Device;
  /** What the run is to wait for in a worker; null where it begins at once. */
  readonly ahead: { readonly behind: LaunchedWorker; readonly back: AbortSignal } | null;
  /** Called when a worker has begun with it, or is about to. */
  readonly onBegin: (worker: LaunchedWorker | null) => void;
}

/**
 * One attempt of a run on a device, told to the observer and taken in by the recorder as it happens.
 *
 * @returns null for a run that was to wait in a worker and did not begin there
 */
export async function attemptRun(
  observed: ObservedRun,
  isContinued: boolean,
  { device, ahead, onBegin }: AttemptPlace,
  { paths, plan, policy, intake, launcher, environment, signals, observer }: AttemptOrder,
): Promise<AttemptResult | null> {
  const { id } = observed.run;
  const runPaths = paths.run(id);
  const listener: RunListener = {
    onEvents: (part) => {
      intake.add(id, part);
      observer.onEvents(observed, part.events);
    },
  };
  const order: RunOrder = {
    paths: runPaths,
    threads: (isContinued ? threadsBefore(runPaths) : null) ?? plan.threads,
    device: deviceName(device),
    environment,
    limits: policy.limits,
  };
  const begin = (worker: LaunchedWorker | null): void => {
    if (isContinued) takeRetryRequest(paths, id); // what was wished for happens now
    onBegin(worker);
    observer.onRunStart(observed, isContinued);
  };
  const isToStop = readStopRequest(runPaths) !== null;
  if (ahead !== null)
    return isToStop
      ? null
      : executeRunBehind({ ...ahead, onBegin: begin }, launcher, order, listener, signals);
  if (isToStop) {
    takeRetryRequest(paths, id);
    onBegin(null);
    return leaveOut(runPaths, isContinued, listener);
  }
  begin(null);
  return executeRun(launcher, order, { ...listener, onLaunch: onBegin }, signals);
}

/** A run that was asked to stop before its turn came. */
function leaveOut(paths: RunPaths, isContinued: boolean, listener: RunListener): AttemptResult {
  const log = openRunLog(paths);
  const fromByte = readEvents(paths.events).nextByte;
  log.append({
    type: 'stopped',
    reason: `asked to stop before it ${isContinued ? 'went on' : 'began'}`,
  });
  log.close();
  clearStopRequest(paths);
  listener.onEvents({ fromByte, ...readEvents(paths.events, fromByte) });
  return { outcome: 'stopped', failure: null, hasProgressed: false };
}

/**
 * The threads with which a run began: another number could change the last bits of its result. Null where it never
 * began, or on a machine with fewer cores.
 */
function threadsBefore({ events }: RunPaths): number | null {
  const starts = readEvents(events).events.filter((event) => event.type === 'started');
  const threads = starts.at(-1)?.actual.threads ?? null;
  return threads !== null && threads <= availableParallelism() ? threads : null;
}

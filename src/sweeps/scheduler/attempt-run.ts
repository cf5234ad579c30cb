import { availableParallelism } from 'node:os';
import { type Device, deviceName } from '../../core/engine/devices.js';
import type { ResultsPaths, RunPaths } from '../../core/run-folder/paths.js';
import { readRunLog } from '../../core/run-folder/run-log.js';
import { stopAskedOfCoordinator } from '../../core/run-folder/stop-request.js';
import { takeRetryRequest } from '../control/run-requests.js';
import type { LaunchedWorker, Launcher } from '../launchers/launcher.js';
import type { JobPlan } from './choose-jobs.js';
import type { AttemptResult } from './close-attempt.js';
import {
  executeRun,
  executeRunBehind,
  leaveOut,
  type RunListener,
  type RunOrder,
} from './execute-run.js';
import type { HeldResults } from './hold-results.js';
import type { StopSignals } from './follow-worker.js';
import type { Intake } from './intake.js';
import type { ObservedRun, SweepObserver } from './observer.js';
import type { RunPolicy } from './run-policy.js';

/** What an attempt is made with. */
export interface AttemptOrder {
  readonly paths: ResultsPaths;
  readonly held: Pick<HeldResults, 'number' | 'owner' | 'check'>;
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
  { paths, held, plan, policy, intake, launcher, environment, signals, observer }: AttemptOrder,
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
    held,
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
  const isToStop = stopAskedOfCoordinator(runPaths, held.number) !== null;
  if (ahead !== null)
    return isToStop
      ? null
      : executeRunBehind({ ...ahead, onBegin: begin }, launcher, order, listener, signals);
  if (isToStop) {
    takeRetryRequest(paths, id);
    onBegin(null);
    return leaveOut(order, isContinued, listener);
  }
  begin(null);
  return executeRun(launcher, order, { ...listener, onLaunch: onBegin }, signals);
}

/**
 * The threads with which a run began: another number could change the last bits of its result. Null where it never
 * began, or on a machine with fewer cores.
 */
function threadsBefore(run: RunPaths): number | null {
  const starts = readRunLog(run).events.filter((event) => event.type === 'started');
  const threads = starts.at(-1)?.actual.threads ?? null;
  return threads !== null && threads <= availableParallelism() ? threads : null;
}

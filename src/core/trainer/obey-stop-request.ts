import type { RunPaths } from '../run-folder/paths.js';
import { readStopRequest, type StopTime } from '../run-folder/stop-request.js';

/** How often a worker looks whether it was asked to stop. */
const LOOK_MS = 1_000;

const REASONS: Readonly<Record<StopTime, string>> = {
  now: 'asked to stop',
  epoch: 'asked to stop at the end of the epoch',
};

/** Requests to stop a run, as its worker obeys them. */
export interface StopRequestWatch {
  /** Aborted when the run is to end, by a request or by the signal that was given. */
  readonly signal: AbortSignal;
  /** To be called when an epoch is on disk. @throws the signal's reason when the run was asked to end there */
  readonly endOfEpoch: () => void;
  readonly dispose: () => void;
}

/** Looks at a run's folder for requests to stop it until it is disposed of. */
export function watchStopRequest(paths: RunPaths, signal: AbortSignal): StopRequestWatch {
  const requested = new AbortController();
  const obey = (time: StopTime): void => {
    requested.abort(new Error(REASONS[time]));
  };
  const timer = setInterval(() => {
    if (readStopRequest(paths) === 'now') obey('now');
  }, LOOK_MS);
  const either = AbortSignal.any([signal, requested.signal]);
  return {
    signal: either,
    endOfEpoch: () => {
      const request = readStopRequest(paths);
      if (request !== null) obey(request);
      either.throwIfAborted();
    },
    dispose: () => {
      clearInterval(timer);
    },
  };
}

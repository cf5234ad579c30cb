import type { AttemptPaths } from '../run-folder/paths.js';
import { stopAskedOfAttempt, type StopTime } from '../run-folder/stop-request.js';

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

/** Looks at a run's folder for requests to end this attempt until it is disposed of. */
export function watchStopRequest(attempt: AttemptPaths, signal: AbortSignal): StopRequestWatch {
  const requested = new AbortController();
  const obey = (time: StopTime): void => {
    requested.abort(new Error(REASONS[time]));
  };
  const timer = setInterval(() => {
    if (stopAskedOfAttempt(attempt) === 'now') obey('now');
  }, LOOK_MS);
  const either = AbortSignal.any([signal, requested.signal]);
  return {
    signal: either,
    endOfEpoch: () => {
      const request = stopAskedOfAttempt(attempt);
      if (request !== null) obey(request);
      either.throwIfAborted();
    },
    dispose: () => {
      clearInterval(timer);
    },
  };
}

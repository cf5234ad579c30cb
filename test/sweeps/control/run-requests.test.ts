import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createAttempt } from '../../../src/core/run-folder/attempts.js';
import { createCoordinator } from '../../../src/core/run-folder/coordinators.js';
import type { NewRunEvent } from '../../../src/core/run-folder/event.js';
import { ownHolder } from '../../../src/core/run-folder/holder.js';
import type { ResultsPaths } from '../../../src/core/run-folder/paths.js';
import {
  clearStopRequest,
  stopAskedOfAttempt,
  stopAskedOfCoordinator,
  type StopTime,
} from '../../../src/core/run-folder/stop-request.js';
import {
  requestRetry,
  requestRunStop,
  requestWorkingRunStop,
  takeRetryRequest,
} from '../../../src/sweeps/control/run-requests.js';
import { started } from '../../core/store/example-runs.js';
import { writeAttemptOf } from '../../support/open-attempt.js';
import { temporaryResults } from '../../support/temporary-results.js';
import { writeLease } from '../../support/write-lease.js';

const RUN = 'a'.repeat(12);

/** What was asked of an attempt. */
function asked(paths: ResultsPaths, attempt = 1): StopTime | null {
  return stopAskedOfAttempt(paths.run(RUN).attempt(attempt));
}

test('a run is asked to stop until the request is taken back; the later request counts', () => {
  const paths = temporaryResults();
  expect(asked(paths)).toBe(null);
  requestRunStop(paths, RUN, 'epoch');
  expect(asked(paths)).toBe('epoch');
  requestRunStop(paths, RUN, 'now');
  expect(asked(paths)).toBe('now');
  clearStopRequest(paths.run(RUN));
  expect(asked(paths)).toBe(null);
});

test('a request that cannot be read asks for the end of the epoch, which loses no work', () => {
  const paths = temporaryResults();
  mkdirSync(paths.run(RUN).folder, { recursive: true });
  writeFileSync(paths.run(RUN).stopRequest, '{"when":');
  expect(asked(paths)).toBe('epoch');

  clearStopRequest(paths.run(RUN));
  mkdirSync(paths.run(RUN).stopRequest);
  expect(asked(paths)).toBe('epoch');
});

test('without a coordinator a request is for the attempt at work, else for the next one', () => {
  const paths = temporaryResults();
  writeAttemptOf(paths.run(RUN), [started()]);
  requestRunStop(paths, RUN, 'now');
  expect([1, 2, 3].map((attempt) => asked(paths, attempt))).toEqual([null, 'now', null]);
  writeLease(paths.run(RUN).attempt(1).lease);
  requestRunStop(paths, RUN, 'now');
  expect([1, 2, 3].map((attempt) => asked(paths, attempt))).toEqual(['now', null, null]);
});

test('with a coordinator a request is for each attempt of that one, and for no other coordinator', () => {
  const paths = temporaryResults();
  const run = paths.run(RUN);
  createCoordinator(paths, 1, { owner: 'a', holder: ownHolder(), database: '' });
  requestRunStop(paths, RUN, 'epoch');
  expect(stopAskedOfCoordinator(run, 1)).toBe('epoch');
  expect(stopAskedOfCoordinator(run, 2)).toBe(null);
  for (const coordinator of [2, 1, 2]) {
    const owner = `${coordinator}`.repeat(16);
    const attempt = createAttempt(run, { owner, coordinator });
    writeFileSync(attempt.events, ''); // claimed: the next one is another
  }
  // The first one is the one that was to come.
  expect([1, 2, 3].map((attempt) => asked(paths, attempt))).toEqual(['epoch', 'epoch', null]);
});

test('a run that ended while it was asked to stop is left without a request; one that may be tried again obeys it', () => {
  const paths = temporaryResults();
  createCoordinator(paths, 1, { owner: 'a', holder: ownHolder(), database: '' });
  const run = paths.run(RUN);
  const ended = (end: NewRunEvent): string | null => {
    rmSync(run.folder, { recursive: true, force: true });
    const attempt = writeAttemptOf(run, [end]);
    if (end.type === 'diverged') writeLease(attempt.lease);
    requestWorkingRunStop(paths, RUN, 'epoch');
    return stopAskedOfCoordinator(run, 1);
  };
  expect(ended(started())).toBe('epoch'); // its worker was killed, or takes the lease at this moment
  expect(ended({ type: 'stopped', reason: 'asked to stop' })).toBe(null);
  expect(ended({ type: 'failed', message: 'lost', stack: null, cause: 'device-lost' })).toBe(
    'epoch',
  );
  // Its worker has its lease still.
  expect(ended({ type: 'diverged', epoch: 0, nll: 1, message: 'x', seconds: 1 })).toBe('epoch');
  expect(ended({ type: 'completed', reason: 'max-epochs', seconds: 1 })).toBe(null);
});

test('a wish to try again is taken once, and takes back a wish to stop', () => {
  const paths = temporaryResults();
  expect(takeRetryRequest(paths, RUN)).toBe(false);
  requestRunStop(paths, RUN, 'now');
  requestRetry(paths, [RUN]);
  expect(asked(paths)).toBe(null);
  expect(takeRetryRequest(paths, RUN)).toBe(true);
  expect(takeRetryRequest(paths, RUN)).toBe(false);
});

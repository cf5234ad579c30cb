import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EventLog } from '../../../src/core/run-folder/event-log.js';
import type { NewRunEvent } from '../../../src/core/run-folder/event.js';
import { holdLease } from '../../../src/core/run-folder/hold-lease.js';
import { resultsPaths } from '../../../src/core/run-folder/paths.js';
import { clearStopRequest, readStopRequest } from '../../../src/core/run-folder/stop-request.js';
import {
  requestRetry,
  requestRunStop,
  requestWorkingRunStop,
  takeRetryRequest,
} from '../../../src/sweeps/control/run-requests.js';
import { started } from '../../core/store/example-runs.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const RUN = 'a'.repeat(12);

test('a run is asked to stop until the request is taken back; the later request counts', () => {
  const paths = resultsPaths(temporaryFolder());
  expect(readStopRequest(paths.run(RUN))).toBe(null);
  requestRunStop(paths, RUN, 'epoch');
  expect(readStopRequest(paths.run(RUN))).toBe('epoch');
  requestRunStop(paths, RUN, 'now');
  expect(readStopRequest(paths.run(RUN))).toBe('now');
  clearStopRequest(paths.run(RUN));
  expect(readStopRequest(paths.run(RUN))).toBe(null);
});

test('a request that cannot be read asks for the end of the epoch, which loses no work', () => {
  const paths = resultsPaths(temporaryFolder());
  mkdirSync(paths.run(RUN).folder, { recursive: true });
  writeFileSync(paths.run(RUN).stopRequest, '{"when":');
  expect(readStopRequest(paths.run(RUN))).toBe('epoch');

  clearStopRequest(paths.run(RUN));
  mkdirSync(paths.run(RUN).stopRequest);
  expect(readStopRequest(paths.run(RUN))).toBe('epoch');
});

test('a run that ended while it was asked to stop is left without a request; one that may be tried again obeys it', () => {
  const paths = resultsPaths(temporaryFolder());
  const ended = (end: NewRunEvent): string | null => {
    const run = paths.run(RUN);
    mkdirSync(run.folder, { recursive: true });
    const log = EventLog.open(run.events);
    log.append(end);
    log.close();
    requestWorkingRunStop(paths, RUN, 'epoch');
    return readStopRequest(run);
  };
  expect(ended(started())).toBe('epoch'); // its worker was killed, or takes the lease at this moment
  expect(ended({ type: 'stopped', reason: 'asked to stop' })).toBe(null);
  expect(ended({ type: 'failed', message: 'lost', stack: null, cause: 'device-lost' })).toBe(
    'epoch',
  );
  const held = holdLease(paths.run(RUN).lease);
  expect(ended({ type: 'completed', reason: 'max-epochs', seconds: 1 })).toBe('epoch');
  held.release();
  expect(ended({ type: 'completed', reason: 'max-epochs', seconds: 1 })).toBe(null);
});

test('a wish to try again is taken once, and takes back a wish to stop', () => {
  const paths = resultsPaths(temporaryFolder());
  expect(takeRetryRequest(paths, RUN)).toBe(false);
  requestRunStop(paths, RUN, 'now');
  requestRetry(paths, [RUN]);
  expect(readStopRequest(paths.run(RUN))).toBe(null);
  expect(takeRetryRequest(paths, RUN)).toBe(true);
  expect(takeRetryRequest(paths, RUN)).toBe(false);
});

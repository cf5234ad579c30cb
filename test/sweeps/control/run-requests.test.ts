import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { resultsPaths } from '../../../src/core/run-folder/paths.js';
import { clearStopRequest, readStopRequest } from '../../../src/core/run-folder/stop-request.js';
import {
  requestRetry,
  requestRunStop,
  takeRetryRequest,
} from '../../../src/sweeps/control/run-requests.js';
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

test('a wish to try again is taken once, and takes back a wish to stop', () => {
  const paths = resultsPaths(temporaryFolder());
  expect(takeRetryRequest(paths, RUN)).toBe(false);
  requestRunStop(paths, RUN, 'now');
  requestRetry(paths, [RUN]);
  expect(readStopRequest(paths.run(RUN))).toBe(null);
  expect(takeRetryRequest(paths, RUN)).toBe(true);
  expect(takeRetryRequest(paths, RUN)).toBe(false);
});

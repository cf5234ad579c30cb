import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resultsPaths } from '../../../src/core/run-folder/paths.js';
import {
  changeSweepControl,
  clearSweepControl,
  NO_CONTROL,
  readSweepControl,
} from '../../../src/sweeps/control/sweep-control.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

test('nothing is asked of a sweep until somebody does', () => {
  expect(readSweepControl(resultsPaths(temporaryFolder()), 'q2')).toEqual(NO_CONTROL);
});

test('a change leaves the rest as it is, and reaches other readers', () => {
  const paths = resultsPaths(temporaryFolder());
  changeSweepControl(paths, 'q2', { paused: true });
  expect(changeSweepControl(paths, 'q2', { jobs: 3 })).toEqual({
    paused: true,
    jobs: 3,
    stop: null,
  });
  expect(readSweepControl(paths, 'q2')).toEqual({ paused: true, jobs: 3, stop: null });
  expect(readSweepControl(paths, 'q3')).toEqual(NO_CONTROL);
  clearSweepControl(paths, 'q2');
  expect(readSweepControl(paths, 'q2')).toEqual(NO_CONTROL);
});

test('a number of jobs that makes no sense is refused and changes nothing', () => {
  const paths = resultsPaths(temporaryFolder());
  changeSweepControl(paths, 'q2', { jobs: 2 });
  expect(() => changeSweepControl(paths, 'q2', { jobs: 0 })).toThrow();
  expect(readSweepControl(paths, 'q2').jobs).toBe(2);
});

test('a file that something else wrote is an error that says what to do', () => {
  const paths = resultsPaths(temporaryFolder());
  changeSweepControl(paths, 'q2', { paused: true });
  const file = join(paths.sweep('q2'), 'control.json');
  writeFileSync(file, '{"paused": "yes"}');
  expect(() => readSweepControl(paths, 'q2')).toThrow(
    /control\.json {2}the file is not what sweep writes there[^]*Delete it/,
  );
});

test('a file that is there and cannot be read is an error, and not as if nothing was asked', () => {
  const paths = resultsPaths(temporaryFolder());
  mkdirSync(join(paths.sweep('q2'), 'control.json'), { recursive: true });
  expect(() => readSweepControl(paths, 'q2')).toThrow(/control\.json {2}.*EISDIR/);
});

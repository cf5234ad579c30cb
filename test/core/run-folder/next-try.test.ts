import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  announceNextTry,
  clearNextTry,
  readNextTry,
} from '../../../src/core/run-folder/next-try.js';
import { runPaths } from '../../../src/core/run-folder/paths.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const LATER = { at: '2099-01-01T00:00:00.000Z', number: 1, of: 2 };

test('a next try is what was announced, until it is taken back', () => {
  const run = runPaths(temporaryFolder());
  expect(readNextTry(run)).toBeNull();
  announceNextTry(run, LATER);
  expect(readNextTry(run)).toEqual(LATER);
  clearNextTry(run);
  expect(readNextTry(run)).toBeNull();
});

test('of another host it is believed until its time has passed, and what cannot be read is none', () => {
  const run = runPaths(temporaryFolder());
  const elsewhere = { ...LATER, host: 'another-host', pid: 1, processStart: null };
  writeFileSync(run.nextTry, JSON.stringify(elsewhere));
  expect(readNextTry(run)).toEqual(LATER);
  writeFileSync(run.nextTry, JSON.stringify({ ...elsewhere, at: '2001-01-01T00:00:00.000Z' }));
  expect(readNextTry(run)).toBeNull();
  writeFileSync(run.nextTry, '{"at":');
  expect(readNextTry(run)).toBeNull();
});

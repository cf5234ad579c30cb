import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { writeJson } from '../../../src/core/run-folder/atomic-write.js';
import { EventLog } from '../../../src/core/run-folder/event-log.js';
import { releaseLease, writeLease } from '../../../src/core/run-folder/hold-lease.js';
import { isLeaseAlive, readLease } from '../../../src/core/run-folder/lease.js';
import { runPaths } from '../../../src/core/run-folder/paths.js';
import { deriveRunState } from '../../../src/core/run-folder/run-state.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const NOTHING = { started: false, outcome: null } as const;
const STARTED = { started: true, outcome: null } as const;

/** Number of a process that has ended. */
function endedProcess(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

test('a run without a folder is planned', () => {
  expect(deriveRunState(runPaths(temporaryFolder()), NOTHING)).toBe('planned');
});

test('a run whose worker lives is running, and stopped as soon as the lease is given back', () => {
  const paths = runPaths(temporaryFolder());
  writeLease(paths.lease);
  expect(deriveRunState(paths, STARTED)).toBe('running');
  releaseLease(paths.lease);
  expect(deriveRunState(paths, STARTED)).toBe('stopped');
});

test('a run whose worker died without a word is stopped, not running for ever', () => {
  const paths = runPaths(temporaryFolder());
  writeJson(paths.lease, {
    host: hostname(),
    pid: endedProcess(),
    processStart: '1',
    renewedAt: new Date().toISOString(),
  });
  expect(deriveRunState(paths, STARTED)).toBe('stopped');
});

test('another process with the same number does not keep a run running', () => {
  const paths = runPaths(temporaryFolder());
  writeJson(paths.lease, {
    host: hostname(),
    pid: process.pid,
    processStart: '1',
    renewedAt: new Date().toISOString(),
  });
  expect(deriveRunState(paths, STARTED)).toBe('stopped');
});

test('a lease of another host counts while it is renewed', () => {
  const renewedAt = '2026-01-01T00:00:00.000Z';
  const lease = { host: `not-${hostname()}`, pid: 1, processStart: null, renewedAt };
  expect(isLeaseAlive(lease, { wallMs: Date.parse(renewedAt) + 59_000 })).toBe(true);
  expect(isLeaseAlive(lease, { wallMs: Date.parse(renewedAt) + 61_000 })).toBe(false);
});

test('a damaged lease is held by nobody', () => {
  const paths = runPaths(temporaryFolder());
  writeJson(paths.lease, { pid: 'x' });
  expect(readLease(paths.lease)).toBeNull();
});

test('a finished run stays finished whatever its lease says', () => {
  const paths = runPaths(temporaryFolder());
  writeLease(paths.lease);
  expect(deriveRunState(paths, { started: true, outcome: 'completed' })).toBe('completed');
});

test('a log without an end and without a worker is stopped', () => {
  const paths = runPaths(temporaryFolder());
  EventLog.open(paths.events).close();
  expect(deriveRunState(paths, NOTHING)).toBe('stopped');
});

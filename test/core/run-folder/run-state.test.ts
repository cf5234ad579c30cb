import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runPaths } from '../../../src/core/run-folder/paths.js';
import { deriveRunState, findHolder } from '../../../src/core/run-folder/run-state.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { ELSEWHERE, ENDED, writeLease } from '../../support/write-lease.js';

const NOTHING = { attempt: 0, outcome: null } as const;
const BEGUN = { attempt: 1, outcome: null } as const;

const newRun = () => runPaths(temporaryFolder());

test('a run without a folder is planned', () => {
  expect(deriveRunState(newRun(), NOTHING)).toBe('planned');
});

test('a run whose worker lives is running, and stopped as soon as the lease is given back', () => {
  const run = newRun();
  const { lease } = run.attempt(1);
  writeLease(lease);
  expect(deriveRunState(run, BEGUN)).toBe('running');
  rmSync(lease);
  expect(deriveRunState(run, BEGUN)).toBe('stopped');
});

test('a worker that has claimed the next attempt and written nothing yet is seen at work', () => {
  const run = newRun();
  writeLease(run.attempt(1).lease);
  expect(deriveRunState(run, NOTHING)).toBe('running');
  writeLease(run.attempt(2).lease);
  expect(findHolder(run, 1)?.lease?.holder.pid).toBe(process.pid);
});

test('a run whose worker died without a word is stopped, not running for ever', () => {
  const run = newRun();
  // Another process that has its number now does not count.
  writeLease(run.attempt(1).lease, { holder: ENDED });
  expect(deriveRunState(run, BEGUN)).toBe('stopped');
});

test('a worker on another host counts as long as nothing says that it is gone', () => {
  const run = newRun();
  writeLease(run.attempt(1).lease, { holder: ELSEWHERE });
  expect(deriveRunState(run, BEGUN)).toBe('running');
});

test('a worker that does not get on is stalled', () => {
  const run = newRun();
  const work = { begun: 3, quietMs: 90_000, allowanceMs: 60_000, steadyMs: 0 };
  writeLease(run.attempt(1).lease, { work });
  expect(deriveRunState(run, BEGUN)).toBe('stalled');
});

test('a lease that cannot be read is held by somebody, until it is seen not to change', () => {
  const run = newRun();
  mkdirSync(run.attempt(1).folder, { recursive: true });
  writeFileSync(run.attempt(1).lease, '{"pid":"x"}');
  expect(deriveRunState(run, BEGUN)).toBe('running');
});

test('a finished run stays finished whatever its lease says', () => {
  const run = newRun();
  writeLease(run.attempt(1).lease);
  expect(deriveRunState(run, { attempt: 1, outcome: 'completed' })).toBe('completed');
});

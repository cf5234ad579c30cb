import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { NewRunEvent } from '../../../src/core/run-folder/event.js';
import { type AttemptPaths, type RunPaths, runPaths } from '../../../src/core/run-folder/paths.js';
import { openAttempt, writeAttemptOf } from '../../support/open-attempt.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { ELSEWHERE, ENDED, writeLease } from '../../support/write-lease.js';

const EPOCH: NewRunEvent = { type: 'stopped', reason: 'an epoch' };
const END: NewRunEvent = { type: 'stopped', reason: 'asked' };

/** A run with an attempt that has checkpoints, in a folder of a trainer that is not ours too. */
function withCheckpoints(events: readonly NewRunEvent[]): AttemptPaths {
  const attempt = writeAttemptOf(runPaths(temporaryFolder()), events);
  mkdirSync(join(attempt.checkpoints, 'optimizer'), { recursive: true });
  writeFileSync(attempt.checkpointLast, 'last');
  writeFileSync(join(attempt.checkpoints, 'optimizer', 'state'), 'state');
  return attempt;
}

function expectTakenOver(run: RunPaths): void {
  const { attempt, log } = openAttempt(run);
  log.close();
  expect(readFileSync(attempt.checkpointLast, 'utf8')).toBe('last');
  expect(readFileSync(join(attempt.checkpoints, 'optimizer', 'state'), 'utf8')).toBe('state');
}

test('checkpoints are moved from an attempt that has said how it ended', () => {
  const { run, checkpoints } = withCheckpoints([EPOCH, END]);
  const { ino } = statSync(checkpoints);
  expectTakenOver(run);
  expect(existsSync(checkpoints)).toBe(false);
  expect(statSync(run.attempt(2).checkpoints).ino).toBe(ino);
});

test('checkpoints are moved from an attempt whose process is seen to be gone', () => {
  const attempt = withCheckpoints([]);
  writeLease(attempt.lease, { holder: ENDED });
  expectTakenOver(attempt.run);
  expect(existsSync(attempt.checkpoints)).toBe(false);
});

test('checkpoints are copied from an attempt that may still write, as a suspended host would', () => {
  const attempt = withCheckpoints([]);
  writeLease(attempt.lease, { holder: ELSEWHERE });
  expectTakenOver(attempt.run);
  // It wakes up, and does no harm.
  expect(readFileSync(attempt.checkpointLast, 'utf8')).toBe('last');
  writeFileSync(attempt.checkpointLast, 'later');
  const { checkpointLast } = attempt.run.attempt(2);
  expect(readFileSync(checkpointLast, 'utf8')).toBe('last');
});

test('what a killed worker left half written is not taken over', () => {
  const attempt = withCheckpoints([END]);
  writeFileSync(`${attempt.checkpointLast}.123`, 'half');
  expectTakenOver(attempt.run);
  expect(readdirSync(attempt.run.attempt(2).checkpoints).sort()).toEqual([
    'last.safetensors',
    'optimizer',
  ]);
});

test('checkpoints are found where an attempt left them that took them over and died before it began', () => {
  const { run } = withCheckpoints([END]);
  const { attempt, log } = openAttempt(run);
  log.close();
  rmSync(attempt.events); // as if it had never written its first line
  writeLease(attempt.lease, { holder: ENDED });
  expectTakenOver(run);
  expect(run.attempt(3).number).toBe(3);
});

test('a run without checkpoints goes on without', () => {
  const run = runPaths(temporaryFolder());
  writeAttemptOf(run, [EPOCH, END]);
  const { attempt, log, earlier } = openAttempt(run);
  log.close();
  expect(earlier).toHaveLength(2);
  expect(existsSync(attempt.checkpoints)).toBe(false);
});

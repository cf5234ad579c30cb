import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { modelSchema } from '../../../src/core/config/run-schema.js';
import { initialiseParameters } from '../../../src/core/model/initialise.js';
import { encodeCheckpoint } from '../../../src/core/run-folder/checkpoint.js';
import { commitEvents, finishCommit } from '../../../src/core/run-folder/commit.js';
import { EventLog } from '../../../src/core/run-folder/event-log.js';
import { type AttemptPaths, runPaths } from '../../../src/core/run-folder/paths.js';
import { readRunLog } from '../../../src/core/run-folder/run-log.js';
import { openAttempt } from '../../support/open-attempt.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const model = modelSchema.parse({ tokens: 6, embedding: 4, neurons: 2, heads: 2, blocks: 1 });
const parameters = initialiseParameters(model, 1);
const checkpoint = {
  runKey: 'a'.repeat(64),
  epoch: 3,
  step: 40,
  bestEpoch: 3,
  bestNll: 1,
  parameters,
};
const { file, sha256 } = encodeCheckpoint(model, {
  ...checkpoint,
  firstMoments: parameters,
  secondMoments: parameters,
});

/** A log with one event, and a commit of two more that was begun. */
function interrupted(hash: string | null): AttemptPaths {
  const { attempt, log } = openAttempt(runPaths(temporaryFolder()));
  log.append({ type: 'stopped', reason: 'one' });
  const events = log.stamp(['two', 'three'].map((reason) => ({ type: 'stopped', reason })));
  writeFileSync(attempt.commit, JSON.stringify({ checkpoint: hash, isBest: false, events }));
  log.close();
  return attempt;
}

/** The attempt's own log is opened again, by whoever had launched its worker. */
function goOnInside(attempt: AttemptPaths): EventLog {
  const log = EventLog.open(attempt.events);
  finishCommit(log, attempt);
  return log;
}

function writeLast({ checkpoints, checkpointLast }: AttemptPaths): void {
  mkdirSync(checkpoints, { recursive: true });
  writeFileSync(checkpointLast, file);
}

function reasons({ run }: AttemptPaths): string[] {
  const { events } = readRunLog(run);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  return events.map((event) => (event.type === 'stopped' ? event.reason : event.type));
}

/** Two ways to go on from a killed worker: in its attempt, as its coordinator does, and in the next one. */
const WAYS = [
  ['its coordinator', (attempt: AttemptPaths) => goOnInside(attempt)],
  ['the next attempt', ({ run }: AttemptPaths) => openAttempt(run).log],
] as const;

test.each(WAYS)('a commit whose checkpoint has its name is finished by %s', (_, goOn) => {
  const attempt = interrupted(sha256);
  writeLast(attempt);
  goOn(attempt).close();
  goOn(attempt).close();
  expect(reasons(attempt)).toEqual(['one', 'two', 'three']);
});

test.each(WAYS)('a commit whose checkpoint is not there never happened for %s', (_, goOn) => {
  const attempt = interrupted(sha256);
  goOn(attempt).close();
  expect(reasons(attempt)).toEqual(['one']);
  writeLast(attempt); // too late
  goOn(attempt).close();
  expect(reasons(attempt)).toEqual(['one']);
});

test.each(WAYS)(
  'a commit of which some events are in the log gains the others by %s',
  (_, goOn) => {
    const attempt = interrupted(null);
    const [two] = (JSON.parse(readFileSync(attempt.commit, 'utf8')) as { events: object[] }).events;
    appendFileSync(attempt.events, `${JSON.stringify(two)}\n{"seq":3,"ty`);
    const log = goOn(attempt);
    expect(reasons(attempt)).toEqual(['one', 'two', 'three']);
    log.close();
  },
);

test('events that are committed together are in the log when the call returns, and nothing is left', () => {
  const { attempt, log } = openAttempt(runPaths(temporaryFolder()));
  commitEvents(log, attempt, [
    { type: 'stopped', reason: 'one' },
    { type: 'stopped', reason: 'two' },
  ]);
  log.close();
  expect(reasons(attempt)).toEqual(['one', 'two']);
  expect(existsSync(attempt.commit)).toBe(false);
});

test('the next attempt writes nothing into the folder of the one before it', () => {
  const attempt = interrupted(null);
  const before = readFileSync(attempt.events, 'utf8');
  openAttempt(attempt.run).log.close();
  expect(readFileSync(attempt.events, 'utf8')).toBe(before);
  expect(existsSync(attempt.commit)).toBe(true);
  expect(reasons(attempt)).toEqual(['one', 'two', 'three']);
});

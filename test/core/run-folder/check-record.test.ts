import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createAttempt } from '../../../src/core/run-folder/attempts.js';
import { checkRecord } from '../../../src/core/run-folder/check-record.js';
import type { NewRunEvent } from '../../../src/core/run-folder/event.js';
import { EventLog } from '../../../src/core/run-folder/event-log.js';
import { newOwner } from '../../../src/core/run-folder/exclusive-folder.js';
import { type RunPaths, runPaths } from '../../../src/core/run-folder/paths.js';
import { epoch, started } from '../../core/store/example-runs.js';
import { appendTo, writeAttemptOf } from '../../support/open-attempt.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const COMPLETED: NewRunEvent = { type: 'completed', reason: 'max-epochs', seconds: 1 };
const STOPPED: NewRunEvent = { type: 'stopped', reason: 'asked to stop' };
const NOTHING = { problems: [], notes: [] };

/** A run that was stopped once and went on to its end. */
function twoAttempts(): RunPaths {
  const run = runPaths(temporaryFolder());
  writeAttemptOf(run, [started(), epoch(0, 50), STOPPED]);
  writeAttemptOf(run, [started(2, 1), epoch(1, 40), COMPLETED]);
  return run;
}

describe('checkRecord', () => {
  test('finds nothing strange about a run that was stopped, killed and went on', () => {
    const run = twoAttempts();
    expect(checkRecord(run)).toEqual(NOTHING);
    appendFileSync(run.attempt(1).events, '{"seq":4,"ty'); // torn when its worker was killed
    createAttempt(run, { owner: newOwner(), coordinator: null }); // nobody has begun with it
    expect(checkRecord(run)).toEqual(NOTHING);
    expect(checkRecord(runPaths(temporaryFolder()))).toEqual(NOTHING);
  });

  test('notes what a host wrote that was suspended and woke up: nothing of it counts', () => {
    const run = twoAttempts();
    const { events } = run.attempt(1);
    appendTo(run.attempt(1), epoch(1, 41), STOPPED);
    expect(checkRecord(run)).toEqual({
      problems: [],
      notes: [
        {
          where: events,
          message: 'the log was written to after attempt 2 had taken over: 2 lines after line 4',
          fix: 'A process that was suspended, or cut off from the file system, went on. Nothing of these lines counts: the run goes on in attempt 2.',
        },
      ],
    });
  });

  test('does not take a result for nothing that a later attempt cut off', () => {
    const run = twoAttempts();
    appendTo(run.attempt(1), COMPLETED);
    expect(checkRecord(run)).toMatchObject({
      problems: [
        {
          message:
            'the log was written to after attempt 2 had taken over: 1 line after line 4; line 5 says completed, and that result does not count either',
        },
      ],
      notes: [],
    });
  });

  test('finds two truths: attempts that both began on the same record', () => {
    const run = runPaths(temporaryFolder());
    writeAttemptOf(run, [started(), epoch(0, 50)]);
    const early = createAttempt(run, { owner: newOwner(), coordinator: null });
    const log = EventLog.claim(early.events);
    writeAttemptOf(run, [started(2, 1), COMPLETED]);
    log?.begin({
      ...{ type: 'attempt', attempt: 2, after: { attempt: 1, line: 3 }, seq: 2 },
      time: '2026-01-02T00:00:00.000Z',
    });
    log?.append(epoch(1, 45));
    expect(checkRecord(run)).toEqual({
      problems: [],
      notes: [
        {
          where: early.events,
          message:
            'attempts 2 and 3 were both begun on the same record: two processes worked on the run at once',
          fix: 'Attempt 3 counts, and nothing of attempt 2: its process was suspended, or cut off from the file system, between making the attempt and beginning it.',
        },
      ],
    });
    log?.append(COMPLETED);
    log?.close();
    expect(checkRecord(run).problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('its line 3 says completed, which does not count'),
    ]);
  });

  test('finds a log that was written to after its attempt had ended', () => {
    const run = twoAttempts();
    const { events } = run.attempt(2);
    appendTo(run.attempt(2), epoch(2, 39));
    expect(checkRecord(run).problems).toMatchObject([
      {
        where: events,
        message:
          'the log was written to after its attempt had ended: line 4 says completed, and 1 line follows',
      },
    ]);
  });

  test('does not mind two ends of a worker that obeyed when it was too late', () => {
    const run = runPaths(temporaryFolder());
    const failed: NewRunEvent = { type: 'failed', message: 'hung', stack: null, cause: 'stalled' };
    writeAttemptOf(run, [started(), STOPPED, failed]);
    expect(checkRecord(run)).toEqual(NOTHING);
  });

  test('finds a gap in a log', () => {
    const run = twoAttempts();
    const { events } = run.attempt(2);
    const lines = readFileSync(events, 'utf8').split('\n');
    writeFileSync(events, lines.filter((_, index) => index !== 2).join('\n'));
    expect(checkRecord(run).problems).toMatchObject([
      {
        where: events,
        message:
          'the log has a gap: its line 3 has event 6 where 5 is expected: 1 line before it is missing',
      },
    ]);
  });

  test('finds lines that a later attempt goes on from and that are not there', () => {
    const run = twoAttempts();
    const { events } = run.attempt(1);
    const lines = readFileSync(events, 'utf8').split('\n');
    writeFileSync(events, `${lines.slice(0, 2).join('\n')}\n`);
    expect(checkRecord(run).problems).toMatchObject([
      {
        where: events,
        message: 'the log has a gap: a later attempt goes on from its line 4, and it has 2 lines',
      },
    ]);
  });

  test('finds an attempt that another goes on from and that is not there', () => {
    const run = twoAttempts();
    rmSync(run.attempt(1).events);
    expect(checkRecord(run).problems).toMatchObject([
      { message: 'the log has a gap: it goes on from attempt 1, whose log is not there' },
    ]);
  });
});

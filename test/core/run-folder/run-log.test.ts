import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAttempt } from '../../../src/core/run-folder/attempts.js';
import type { NewRunEvent } from '../../../src/core/run-folder/event.js';
import { EventLog } from '../../../src/core/run-folder/event-log.js';
import { newOwner } from '../../../src/core/run-folder/exclusive-folder.js';
import { type AttemptPaths, type RunPaths, runPaths } from '../../../src/core/run-folder/paths.js';
import {
  countedAttempts,
  LOG_BEGIN,
  mayBeCutOff,
  readMoreOfRunLog,
  readRunLog,
} from '../../../src/core/run-folder/run-log.js';
import { appendTo, openAttempt, writeAttemptOf } from '../../support/open-attempt.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { ELSEWHERE, ENDED, writeLease } from '../../support/write-lease.js';

const newRun = (): RunPaths => runPaths(temporaryFolder());

function saying(...reasons: readonly string[]): NewRunEvent[] {
  return reasons.map((reason) => ({ type: 'stopped', reason }));
}

/** What counts, without what goes with it. */
function said(run: RunPaths): string[] {
  const { events } = readRunLog(run);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  return events.map((event) => (event.type === 'stopped' ? event.reason : event.type));
}

/** A worker that was suspended goes on: it writes at the place that it remembers. */
function wakeUp(attempt: AttemptPaths, ...reasons: readonly string[]): void {
  const log = EventLog.open(attempt.events);
  for (const event of saying(...reasons)) log.append(event);
  log.close();
}

test('the attempts of a run read as if one worker had written them', () => {
  const run = newRun();
  writeAttemptOf(run, saying('a', 'b'));
  writeAttemptOf(run, saying('c'));
  writeAttemptOf(run, saying('d', 'e'));
  expect(said(run)).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(countedAttempts(run).map(({ header }) => header.after)).toEqual([
    null,
    { attempt: 1, line: 3 },
    { attempt: 2, line: 2 },
  ]);
});

test('what is written to an attempt after a later one has begun is never read', () => {
  const run = newRun();
  const first = writeAttemptOf(run, saying('a', 'b'));
  writeAttemptOf(run, saying('c'));
  wakeUp(first, 'late');
  expect(said(run)).toEqual(['a', 'b', 'c']);
  appendFileSync(first.events, 'nonsense\n');
  expect(said(run)).toEqual(['a', 'b', 'c']);
});

test('an attempt without a first line counts for nothing, and the one before it stays the truth', () => {
  const run = newRun();
  const first = writeAttemptOf(run, saying('a'));
  createAttempt(run, { owner: newOwner(), coordinator: null }); // nobody has claimed it
  const claimed = createAttempt(run, { owner: newOwner(), coordinator: null });
  writeFileSync(claimed.events, '{"type":"attempt","att'); // died in its first line
  wakeUp(first, 'b');
  expect(said(run)).toEqual(['a', 'b']);
  writeAttemptOf(run, saying('c'));
  expect(countedAttempts(run).map(({ attempt }) => attempt.number)).toEqual([1, 4]);
  expect(said(run)).toEqual(['a', 'b', 'c']);
});

test('of two that begin on the same record the later one counts, whichever writes last', () => {
  const run = newRun();
  writeAttemptOf(run, saying('a'));
  const early = createAttempt(run, { owner: newOwner(), coordinator: null });
  const log = EventLog.claim(early.events); // and its host is suspended here
  writeAttemptOf(run, saying('c'));
  log?.begin({
    ...{ type: 'attempt', attempt: 2, after: { attempt: 1, line: 2 }, seq: 1 },
    time: '2026-01-02T00:00:00.000Z',
  });
  for (const event of saying('x', 'y')) log?.append(event);
  log?.close();
  expect(said(run)).toEqual(['a', 'c']);
});

test('where the attempt that a run goes on from is gone, what is left is read', () => {
  const run = newRun();
  writeAttemptOf(run, saying('a'));
  writeAttemptOf(run, saying('b'));
  writeAttemptOf(run, saying('c'));
  rmSync(run.attempt(2).folder, { recursive: true });
  mkdirSync(run.attempt(2).folder);
  expect(readRunLog(run).events).toMatchObject([{ seq: 3, reason: 'c' }]);
});

test('a first line of another attempt is an error: somebody copied a folder', () => {
  const run = newRun();
  writeAttemptOf(run, saying('a'));
  const { events } = createAttempt(run, { owner: newOwner(), coordinator: null });
  const time = '2026-01-02T00:00:00.000Z';
  const header = { type: 'attempt', attempt: 7, after: null, seq: 0, time };
  writeFileSync(events, `${JSON.stringify(header)}\n`);
  expect(() => readRunLog(run)).toThrow('it is of attempt 7, in attempt 2');
});

/** Something that happens to a run. */
const step = fc.oneof(
  fc.record({ attempt: fc.constant('begins') }),
  fc.record({ attempt: fc.constant('is made') }),
  fc.record({ writes: fc.nat({ max: 3 }), to: fc.nat({ max: 3 }) }),
  fc.record({ look: fc.constant(true) }),
);

test('reading on from wherever it was looked before gives what reading all gives', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const run = newRun();
      const begun: AttemptPaths[] = [];
      let cursor = LOG_BEGIN;
      let seen: unknown[] = [];
      const look = (): void => {
        const more = readMoreOfRunLog(run, cursor);
        if (more === null) seen = [];
        const { events, cursor: next } = more ?? readRunLog(run);
        seen.push(...events);
        cursor = next;
        expect(seen).toEqual(readRunLog(run).events);
      };
      for (const [index, each] of steps.entries()) {
        if ('writes' in each) {
          const attempt = begun[each.to % Math.max(1, begun.length)];
          const words = Array.from({ length: each.writes }, (_, word) => `${index} ${word}`);
          if (attempt !== undefined) appendTo(attempt, ...saying(...words));
        } else if ('look' in each) look();
        else if (each.attempt === 'begins') {
          const { attempt, log } = openAttempt(run);
          log.close();
          begun.push(attempt);
        } else createAttempt(run, { owner: newOwner(), coordinator: null });
      }
      look();
    }),
    { numRuns: 60 },
  );
});

test('what an attempt says may be cut off while a later one was claimed and has not begun', () => {
  const run = newRun();
  writeAttemptOf(run, saying('a'));
  expect(mayBeCutOff(run, 1)).toBe(false);
  // Nobody has claimed it: whoever does reads then what is there now.
  const { events, lease } = createAttempt(run, { owner: newOwner(), coordinator: null });
  expect(mayBeCutOff(run, 1)).toBe(false);
  writeFileSync(events, '');
  writeLease(lease, { holder: ELSEWHERE });
  expect(mayBeCutOff(run, 1)).toBe(true);
  writeLease(lease, { holder: ENDED });
  expect(mayBeCutOff(run, 1)).toBe(false);
});

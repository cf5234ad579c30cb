import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AttemptHeader } from '../../../src/core/run-folder/attempt-header.js';
import { EventLog, readEvents } from '../../../src/core/run-folder/event-log.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

function logPath(): string {
  return join(temporaryFolder(), 'events.jsonl');
}

const FIRST: AttemptHeader = {
  type: 'attempt',
  attempt: 1,
  after: null,
  seq: 0,
  time: '2026-01-02T00:00:00.000Z',
};

/** A new log of a first attempt. */
function newLog(path: string): EventLog {
  const log = EventLog.claim(path);
  if (log === null) throw new Error('it is claimed already');
  log.begin(FIRST);
  return log;
}

test('a log can be claimed once, and has no first line until its attempt begins', () => {
  const path = logPath();
  const log = EventLog.claim(path);
  expect(log).not.toBeNull();
  expect(EventLog.claim(path)).toBeNull();
  expect(readEvents(path)).toEqual({ header: null, events: [], nextByte: 0 });
  log?.begin({ ...FIRST, after: { attempt: 3, line: 8 }, seq: 7 });
  log?.append({ type: 'stopped', reason: 'a' });
  log?.close();
  expect(readEvents(path)).toMatchObject({ header: { seq: 7 }, events: [{ seq: 8 }] });
});

test('of a log that is cut off only so many lines are looked at', () => {
  const path = logPath();
  const log = newLog(path);
  for (const reason of ['a', 'b']) log.append({ type: 'stopped', reason });
  log.close();
  appendFileSync(path, 'nonsense\n');
  const reasons = (lines: number): unknown[] =>
    readEvents(path, { lines }).events.map((event) => event.type === 'stopped' && event.reason);
  expect([0, 1, 2, 3].map(reasons)).toEqual([[], [], ['a'], ['a', 'b']]);
  expect(() => reasons(4)).toThrow('the line is not an event');
});

test('events are numbered from 1 without gaps over reopened logs', () => {
  const path = logPath();
  newLog(path).close();
  for (let time = 0; time < 2; time++) {
    const log = EventLog.open(path);
    log.append({ type: 'stopped', reason: 'a' });
    log.append({ type: 'stopped', reason: 'b' });
    log.close();
  }
  expect(readEvents(path).events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
});

test('an event that is synced together with other files is told when all are on disk, and taken back when one cannot be', async () => {
  const path = logPath();
  const log = newLog(path);
  let isOther = false;
  const other = new Promise<void>((resolve) => {
    setImmediate(() => {
      isOther = true;
      resolve();
    });
  });
  expect(await log.appendWith({ type: 'stopped', reason: 'a' }, other)).toMatchObject({ seq: 1 });
  expect(isOther).toBe(true);
  const failing = log.appendWith(
    { type: 'stopped', reason: 'b' },
    Promise.reject(new Error('disk')),
  );
  await expect(failing).rejects.toThrow('disk');
  log.append({ type: 'stopped', reason: 'c' });
  log.close();
  expect(readEvents(path).events).toMatchObject([
    { seq: 1, reason: 'a' },
    { seq: 2, reason: 'c' },
  ]);
});

test('a log that does not exist has no events', () => {
  expect(readEvents(logPath())).toEqual({ header: null, events: [], nextByte: 0 });
});

test('a torn last line is left for the next read and cut off by the next writer', () => {
  const path = logPath();
  const log = newLog(path);
  log.append({ type: 'stopped', reason: 'whole' });
  log.close();
  const whole = readFileSync(path, 'utf8');
  appendFileSync(path, '{"seq":2,"ti');

  const { events, nextByte } = readEvents(path);
  expect(events).toHaveLength(1);
  expect(nextByte).toBe(Buffer.byteLength(whole));

  const next = EventLog.open(path);
  next.append({ type: 'stopped', reason: 'after' });
  next.close();
  expect(readEvents(path).events.map(({ seq }) => seq)).toEqual([1, 2]);
});

test('a damaged line that is not the last names its byte', () => {
  const path = logPath();
  writeFileSync(path, 'garbage\n{}\n');
  expect(() => readEvents(path)).toThrow(`${path}:byte 0  the line is not an event`);

  rmSync(path);
  const log = newLog(path);
  log.append({ type: 'stopped', reason: 'ünïcödé' });
  log.append({ type: 'stopped', reason: 'second' });
  log.close();
  const [first] = readFileSync(path, 'utf8').split(/(?<=\n)/);
  const bytes = readFileSync(path).length;
  appendFileSync(path, '{}\n');
  expect(() => readEvents(path)).toThrow(`${path}:byte ${bytes}  the line is not an event`);
  const fromByte = Buffer.byteLength(first ?? '');
  expect(() => readEvents(path, { fromByte })).toThrow(
    `${path}:byte ${bytes}  the line is not an event`,
  );
});

test('a log of several megabytes is read line by line, and a damaged one is named by its byte', () => {
  const path = logPath();
  const log = newLog(path);
  // Lines of less and of more than what is decoded at once, with signs of several bytes at any place.
  const sizes = [300_000, 800_000, 3, 2_000_000, 1, 700_000, 699_999, 1_200_000];
  for (const size of sizes) log.append({ type: 'stopped', reason: 'ü'.repeat(size) });
  log.close();
  const { events, nextByte } = readEvents(path);
  expect(events.map((event) => event.type === 'stopped' && event.reason.length)).toEqual(sizes);
  expect(nextByte).toBe(readFileSync(path).length);
  appendFileSync(path, '{}\n');
  expect(() => readEvents(path)).toThrow(`${path}:byte ${nextByte}  the line is not an event`);
});

test('reading in parts of any size gives the same events as reading at once', () => {
  const path = logPath();
  const log = newLog(path);
  for (const text of ['plain', 'ünïcödé', 'with "quotes"', 'line\nbreak'])
    log.append({ type: 'stopped', reason: text });
  log.close();
  const bytes = readFileSync(path);
  const expected = readEvents(path).events;

  fc.assert(
    fc.property(fc.array(fc.nat(bytes.length), { maxLength: 8 }), (cuts) => {
      const part = join(temporaryFolder(), 'part.jsonl');
      let cursor = 0;
      const seen = [];
      for (const cut of [...cuts.toSorted((a, b) => a - b), bytes.length]) {
        writeFileSync(part, bytes.subarray(0, cut));
        const { events, nextByte } = readEvents(part, { fromByte: cursor });
        seen.push(...events);
        cursor = nextByte;
      }
      expect(seen).toEqual(expected);
    }),
    { numRuns: 50 },
  );
});

test('an event that is only written is there at once, in its place', () => {
  const path = logPath();
  const log = newLog(path);
  log.write({ type: 'stopped', reason: 'a' });
  expect(readEvents(path).events.map(({ seq }) => seq)).toEqual([1]);
  log.append({ type: 'stopped', reason: 'b' });
  log.close();
  expect(readEvents(path).events.map(({ seq }) => seq)).toEqual([1, 2]);
});

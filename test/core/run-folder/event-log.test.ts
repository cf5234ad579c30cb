import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventLog, readEvents } from '../../../src/core/run-folder/event-log.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

function logPath(): string {
  return join(temporaryFolder(), 'events.jsonl');
}

test('events are numbered from 1 without gaps over reopened logs', () => {
  const path = logPath();
  for (let attempt = 0; attempt < 2; attempt++) {
    const log = EventLog.open(path);
    log.append({ type: 'stopped', reason: 'a' });
    log.append({ type: 'stopped', reason: 'b' });
    log.close();
  }
  expect(readEvents(path).events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
});

test('an event that is synced together with other files is told when all are on disk, and taken back when one cannot be', async () => {
  const path = logPath();
  const log = EventLog.open(path);
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
  expect(readEvents(logPath())).toEqual({ events: [], nextByte: 0 });
});

test('a torn last line is left for the next read and cut off by the next writer', () => {
  const path = logPath();
  const log = EventLog.open(path);
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

  writeFileSync(path, '');
  const log = EventLog.open(path);
  log.append({ type: 'stopped', reason: 'ünïcödé' });
  log.append({ type: 'stopped', reason: 'second' });
  log.close();
  const [first, second] = readFileSync(path, 'utf8').split(/(?<=\n)/);
  appendFileSync(path, '{}\n');
  const bytes = Buffer.byteLength(`${first}${second}`);
  expect(() => readEvents(path)).toThrow(`${path}:byte ${bytes}  the line is not an event`);
  const from = Buffer.byteLength(first ?? '');
  expect(() => readEvents(path, from)).toThrow(`${path}:byte ${bytes}  the line is not an event`);
});

test('a log of several megabytes is read line by line, and a damaged one is named by its byte', () => {
  const path = logPath();
  const log = EventLog.open(path);
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
  const log = EventLog.open(path);
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
        const { events, nextByte } = readEvents(part, cursor);
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
  const log = EventLog.open(path);
  log.write({ type: 'stopped', reason: 'a' });
  expect(readEvents(path).events.map(({ seq }) => seq)).toEqual([1]);
  log.append({ type: 'stopped', reason: 'b' });
  log.close();
  expect(readEvents(path).events.map(({ seq }) => seq)).toEqual([1, 2]);
});

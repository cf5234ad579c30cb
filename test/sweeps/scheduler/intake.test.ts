import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SweepError } from '../../../src/core/errors.js';
import type { LogPart } from '../../../src/core/store/recorder.js';
import { Intake } from '../../../src/sweeps/scheduler/intake.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A recorder that notes what it is given, or throws what it finds in `errors` first. */
function fakeRecorder(...errors: Error[]) {
  const taken: [string, LogPart | null][][] = [];
  const ingestTogether = (parts: ReadonlyMap<string, LogPart | null>): SweepError[] => {
    const error = errors.shift();
    if (error !== undefined) throw error;
    taken.push([...parts]);
    return [];
  };
  return { taken, recorder: { ingestTogether } };
}

const part = (fromByte: number, nextByte: number): LogPart => {
  return { attempt: 1, fromByte, nextByte, events: [] };
};

test('what several runs log within a moment is taken in together, and parts that follow on each other as one', () => {
  const { taken, recorder } = fakeRecorder();
  const intake = new Intake(recorder);
  intake.add('a', part(0, 10));
  intake.add('b', part(0, 20));
  intake.add('a', part(10, 30));
  expect(taken).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(taken).toEqual([
    [
      ['a', part(0, 30)],
      ['b', part(0, 20)],
    ],
  ]);
  intake.add('a', part(30, 40));
  intake.add('a', part(90, 99)); // something is missing: its log is read
  intake.finish();
  expect(taken.slice(1)).toEqual([[['a', null]]]);
  intake.finish();
  expect(taken).toHaveLength(2);
});

test('many runs do not wait', () => {
  const { taken, recorder } = fakeRecorder();
  const intake = new Intake(recorder);
  for (let run = 0; run < 64; run++) intake.add(`${run}`, part(0, 1));
  expect(taken.map((runs) => runs.length)).toEqual([64]);
});

test('while another program holds the database, work goes on and what waits is taken in later', () => {
  const { taken, recorder } = fakeRecorder(new SweepError('busy', { message: 'held' }));
  const intake = new Intake(recorder);
  intake.add('a', part(0, 10));
  vi.advanceTimersByTime(100);
  intake.add('b', part(0, 10));
  vi.advanceTimersByTime(100);
  expect(taken.map((runs) => runs.map(([id]) => id))).toEqual([['a', 'b']]);
});

test('a database that is still held at the end, or that is broken, is told', () => {
  const held = new Intake(fakeRecorder(new SweepError('busy', { message: 'held' })).recorder);
  held.add('a', part(0, 10));
  expect(() => {
    held.finish();
  }).toThrow('held');
  const broken = new Intake(fakeRecorder(new Error('broken')).recorder);
  broken.add('a', part(0, 10));
  vi.advanceTimersByTime(100);
  for (const call of [
    () => {
      broken.add('b', null);
    },
    () => {
      broken.finish();
    },
  ])
    expect(call).toThrow('broken');
});

test('what is wrong with one run is told at the end', () => {
  const problem = new SweepError('bad-record', { message: 'line 3' });
  const intake = new Intake({ ingestTogether: () => [problem] });
  intake.add('a', null);
  vi.advanceTimersByTime(100);
  intake.add('b', null);
  expect(() => {
    intake.finish();
  }).toThrow('line 3');
});

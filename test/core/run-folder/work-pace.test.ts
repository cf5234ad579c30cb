import { expect, test } from 'vitest';
import {
  FIRST_ALLOWANCE_MS,
  LEAST_ALLOWANCE_MS,
  WorkPace,
} from '../../../src/core/run-folder/work-pace.js';

/** A pace with a clock that is moved by hand. */
function createPace(): { pace: WorkPace; pass: (ms: number) => void } {
  let nowMs = 1_000;
  return { pace: new WorkPace(() => nowMs), pass: (ms) => (nowMs += ms) };
}

test('nothing is known of the first piece of a kind, which may take long', () => {
  const { pace, pass } = createPace();
  pass(FIRST_ALLOWANCE_MS - 1);
  expect(pace.state()).toEqual({
    begun: 0,
    quietMs: FIRST_ALLOWANCE_MS - 1,
    allowanceMs: FIRST_ALLOWANCE_MS,
  });
});

test('a piece may take 20 times as long as the longest of its kind', () => {
  const { pace, pass } = createPace();
  for (const ms of [4_000, 9_000, 6_000]) {
    pace.begin('train');
    pass(ms);
  }
  pace.begin('train');
  pass(50);
  expect(pace.state()).toEqual({ begun: 4, quietMs: 50, allowanceMs: 180_000 });
});

test('short pieces do not make a busy machine a stalled worker', () => {
  const { pace, pass } = createPace();
  pace.begin('train');
  pass(10);
  pace.begin('train');
  expect(pace.allowanceMs).toBe(LEAST_ALLOWANCE_MS);
});

test('kinds are measured apart: a first evaluation is not judged by the steps before it', () => {
  const { pace, pass } = createPace();
  pace.begin('train');
  pass(10);
  pace.begin('evaluate');
  expect(pace.allowanceMs).toBe(FIRST_ALLOWANCE_MS);
  pass(10);
  pace.begin('train');
  expect(pace.allowanceMs).toBe(LEAST_ALLOWANCE_MS);
});

import { expect, test } from 'vitest';
import type { RunEvent } from '../../../src/core/run-folder/event.js';
import { compareLogs } from '../../../src/sweeps/verify/compare-logs.js';

const stamp = { seq: 1, time: '2026-01-01T00:00:00.000Z' };

function epoch(number: number, nll: number, seconds = 1): RunEvent {
  const scores = { nll, top1: 0.5 };
  return {
    ...stamp,
    type: 'epoch',
    epoch: number,
    step: number,
    train: scores,
    val: scores,
    improved: true,
    trainSeconds: seconds,
    evaluateSeconds: seconds,
    textsPerSecond: 1 / seconds,
    stepSeconds: seconds,
  };
}

function differing(one: readonly RunEvent[], other: readonly RunEvent[]): string[] {
  return compareLogs(one, other).flatMap((comparison) => comparison.differing);
}

test('durations and interruptions do not count, and of two tellings the later does', () => {
  const interrupted: RunEvent = { ...stamp, type: 'stopped', reason: 'asked to stop' };
  expect(differing([epoch(0, 9), epoch(0, 1)], [interrupted, epoch(0, 1, 7)])).toEqual([]);
});

test('the last bit of a score, and an epoch too few, are differences', () => {
  const almost = 1 + Number.EPSILON;
  expect(differing([epoch(0, 1), epoch(1, 1)], [epoch(0, almost)])).toEqual(['epoch 0', 'epoch 1']);
});

test('a text that differs names when it was sampled', () => {
  const sampled = (text: string): RunEvent => ({
    ...stamp,
    type: 'samples',
    stage: 'epoch',
    epoch: 2,
    temperature: 0.5,
    texts: [text],
    seconds: 1,
  });
  expect(differing([sampled('a')], [sampled('b')])).toEqual(['texts after epoch 2 at 0.5']);
});

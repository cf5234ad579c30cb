import { expect, test } from 'vitest';
import type { RunEvent } from '../../src/core/run-folder/event.js';
import { createProgressLines } from '../../src/cli/progress-lines.js';
import type { ObservedRun } from '../../src/sweeps/scheduler/observer.js';
import { exampleRun } from '../core/store/example-runs.js';

const run: ObservedRun = {
  name: 'small',
  sweep: 'study',
  run: exampleRun(),
  log: () => 'results/runs/abc/attempts/1/output.log',
};
const stamp = { seq: 1, time: '2026-01-01T00:00:00.000Z' };

/** What is said of some events, without colours. */
function linesOf(events: readonly RunEvent[]): string[] {
  const lines: string[] = [];
  const observer = createProgressLines((line) => lines.push(line));
  observer.onEvents(run, events);
  return lines;
}

test('an epoch is one line with its scores, its speed and how long the rest takes at most', () => {
  const [line] = linesOf([
    {
      ...stamp,
      type: 'epoch',
      epoch: 3,
      step: 40,
      train: { nll: 61.234, top1: 0.7 },
      val: { nll: 58.456, top1: 0.71239 },
      improved: true,
      trainSeconds: 2,
      evaluateSeconds: 1,
      textsPerSecond: 1234.5,
      stepSeconds: 0.2,
    },
  ]);
  expect(line).toMatch(
    /^small {2}epoch {3}3 {2}train NLL 61\.23 {2}val NLL 58\.46\* {2}top-1 0\.7124/,
  );
  expect(line).toMatch(/1,235 texts\/s( {2}at most .+ left)?$/);
});

test('a failure is said at once, without control sequences, and the log is named at the end', () => {
  const lines: string[] = [];
  const observer = createProgressLines((line) => lines.push(line));
  observer.onEvents(run, [
    { ...stamp, type: 'failed', message: 'no \u001b[31mred\u001b[0m\r', stack: null },
  ]);
  observer.onRunEnd(run, 'failed');
  expect(lines).toEqual([
    'small  failed: no red ',
    'small  its log: results/runs/abc/attempts/1/output.log',
  ]);
});

test('signs of life stay silent while epochs are short', () => {
  const epoch = linesOf([
    { ...stamp, type: 'stopped', reason: 'asked to stop' },
    {
      ...stamp,
      type: 'progress',
      epoch: 0,
      split: 'train',
      step: 1,
      steps: 9,
      nll: 1,
      textsPerSecond: 1,
    },
  ]);
  expect(epoch).toEqual(['small  stopped: asked to stop']);
});

test('of equal failures only the first is told in full, the others with a count', () => {
  const lines: string[] = [];
  const observer = createProgressLines((line) => lines.push(line));
  const fail = (name: string, message: string): void => {
    observer.onEvents({ ...run, name }, [{ ...stamp, type: 'failed', message, stack: null }]);
  };
  fail('a', 'no data');
  fail('b', 'no data');
  fail('c', 'other');
  fail('d', 'no data');
  expect(lines).toEqual([
    'a  failed: no data',
    'b  failed as a did (2 times so far)',
    'c  failed: other',
    'd  failed as a did (3 times so far)',
  ]);
});

test('a further try is told with its time and its number', () => {
  const lines: string[] = [];
  createProgressLines((line) => lines.push(line)).onRetry(run, { number: 1, of: 2, waitMs: 5_000 });
  expect(lines).toEqual(['small  tried again in 5s (1 of 2)']);
});

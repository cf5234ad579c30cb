import { expect, test } from 'vitest';
import { describeFailures, failuresJson, groupFailures } from '../../src/cli/failure-groups.js';

const RUNS = Array.from({ length: 9 }, (_, index) => ({
  id: `${index}`.padStart(12, 'a'),
  name: `run-${index}`,
  state: 'failed' as const,
  outcomeMessage:
    index === 2
      ? 'the disk is full'
      : `run ${`${index}`.padStart(12, 'a')}  parameters must be as planned, 1 (got 2)`,
}));

test('failures that differ only in the run they name are one, with a count, the most frequent first', () => {
  const done = {
    id: 'b'.repeat(12),
    name: 'done',
    state: 'completed',
    outcomeMessage: null,
  } as const;
  expect(describeFailures(groupFailures([done, ...RUNS]))).toEqual([
    '8 failed: run aaaaaaaaaaa0  parameters must be as planned, 1 (got 2) (run-0, run-1, run-3, run-4, run-5, and 3 more)',
    '1 failed: the disk is full (run-2)',
  ]);
});

test('the JSON of a group names all its runs', () => {
  expect(failuresJson(groupFailures(RUNS.slice(2, 4)))).toEqual([
    { message: 'the disk is full', count: 1, runs: ['aaaaaaaaaaa2'] },
    { message: RUNS[3]!.outcomeMessage, count: 1, runs: ['aaaaaaaaaaa3'] },
  ]);
});

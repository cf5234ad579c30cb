import { describe, expect, test } from 'vitest';
import { countValues, FailureTally } from '../../../src/sweeps/scheduler/failure-tally.js';

/** Three learning rates times three widths. */
const GRID = [0.1, 0.01, 0.001].flatMap((learningRate) =>
  [4, 8, 16].map((width) => ({
    changes: { 'train.learningRate': learningRate, 'model.width': width },
  })),
);

/** Ends the runs of the grid in its order; those that fail have a message. */
function end(
  messages: readonly (string | null)[],
  stopAfter: number | null = 3,
): (string | null)[] {
  const tally = new FailureTally({ todo: () => GRID.length, values: countValues(GRID), stopAfter });
  return messages.map((message, index) =>
    message === null
      ? tally.add(`${index}`, GRID[index]!.changes, 'completed', null)
      : tally.add(`${index}`, GRID[index]!.changes, 'failed', {
          cause: 'bug',
          message,
          stack: null,
        }),
  );
}

describe('a sweep stops', () => {
  test('when its first runs fail alike', () => {
    const tally = new FailureTally({ todo: () => 9, values: new Map(), stopAfter: 3 });
    const fail = (id: string): string | null =>
      tally.add(id, {}, 'failed', { cause: 'refused', message: `run ${id}  no data`, stack: null });
    expect(['aaaaaaaaaaaa', 'bbbbbbbbbbbb'].map(fail)).toEqual([null, null]);
    expect(fail('cccccccccccc')).toBe('its first 3 runs failed alike: run cccccccccccc  no data');
  });

  test('when every run that shares a value fails, and says which value', () => {
    expect(end([null, 'too wide', null, null, 'too wide', null, null])).toEqual(
      Array(7).fill(null),
    );
    expect(end([null, 'x', null, null, 'x', null, null, 'y']).at(-1)).toBe(
      'every run with model.width = 8 failed, the last one so: y',
    );
  });
});

describe('a sweep goes on', () => {
  test('when its first runs fail differently, or one of them does not fail', () => {
    expect(end(['a', 'b'])).toEqual([null, null]);
    expect(end([null, 'a', 'a', 'a', 'b'])).toEqual(Array(5).fill(null));
  });

  test('when it is told to', () => {
    expect(end(['a', 'a', 'a', 'a'], null)).toEqual(Array(4).fill(null));
  });

  test('when nothing would be left to stop', () => {
    const tally = new FailureTally({ todo: () => 1, values: countValues(GRID), stopAfter: 1 });
    expect(tally.add('a', {}, 'failed', { cause: 'bug', message: 'x', stack: null })).toBeNull();
  });

  test('when a value is that of one run only, which fails', () => {
    const values = countValues([{ changes: { seed: 1 } }, { changes: { seed: 2 } }]);
    const tally = new FailureTally({ todo: () => 2, values, stopAfter: 3 });
    const failure = { cause: 'bug', message: 'x', stack: null } as const;
    expect(tally.add('a', { seed: 1 }, 'failed', failure)).toBeNull();
  });

  test('when a failed run ends well after all, or was stopped by a user', () => {
    const values = countValues(GRID);
    const tally = new FailureTally({ todo: () => 9, values, stopAfter: 2 });
    const failure = { cause: 'bug', message: 'x', stack: null } as const;
    tally.add('a', GRID[0]!.changes, 'failed', failure);
    tally.add('a', GRID[0]!.changes, 'completed', null);
    tally.add('b', GRID[1]!.changes, 'stopped', null);
    expect(tally.add('c', GRID[2]!.changes, 'failed', failure)).toBeNull();
  });
});

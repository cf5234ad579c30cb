import { expect, test } from 'vitest';
import { OutcomeBook } from '../../../src/sweeps/scheduler/outcome-book.js';

test('a run that is tried again counts by how it ended last', () => {
  const book = new OutcomeBook();
  book.add('a', 'failed');
  book.add('b', 'completed');
  book.add('a', 'stopped');
  expect([book.size, book.count('failed'), book.count('stopped')]).toEqual([2, 0, 1]);
  expect([book.unfinished('a'), book.unfinished('b')]).toEqual(['stopped', undefined]);
  book.add('a', 'diverged');
  expect([book.size, book.count('stopped'), book.unfinished('a')]).toEqual([2, 0, undefined]);
});

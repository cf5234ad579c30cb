import { expect, test } from 'vitest';
import { Paced } from '../../../src/tui/model/paced.js';

test('nothing is read twice while neither the data nor the question changes', () => {
  const paced = new Paced<number>();
  let reads = 0;
  const read = (): number => ++reads;
  expect(paced.read('a', 1, read)).toBe(1);
  expect(paced.read('a', 1, read)).toBe(1);
  expect(paced.read('b', 1, read)).toBe(2);
});

test('a reading that took long is given out old for a while, and then says once that it is late', () => {
  const paced = new Paced<number>();
  let reads = 0;
  const slow = (): number => {
    const startMs = performance.now();
    while (performance.now() - startMs < 3);
    return ++reads;
  };
  expect(paced.read('a', 1, slow, 0)).toBe(1);
  expect(paced.takeNews(1e6)).toBe(false);
  expect(paced.read('a', 2, slow, 100)).toBe(1);
  expect(paced.takeNews(100)).toBe(false);
  expect(paced.takeNews(1e6)).toBe(true);
  expect(paced.takeNews(1e6)).toBe(false);
  expect(paced.read('a', 2, slow, 1e6)).toBe(2);
});

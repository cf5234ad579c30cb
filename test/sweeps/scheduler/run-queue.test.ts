import { expect, test } from 'vitest';
import { RunQueue } from '../../../src/sweeps/scheduler/run-queue.js';

/** A queue whose pieces of work end when the test says so. */
function manualQueue(jobs: number) {
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const queue = new RunQueue<string>(jobs, (name) => {
    begun.push(name);
    return new Promise((resolve, reject) => {
      ends.set(name, (error) => {
        if (error === undefined) resolve();
        else reject(error);
      });
    });
  });
  const end = async (name: string, error?: Error): Promise<void> => {
    ends.get(name)!(error);
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
  };
  return { queue, begun, end };
}

test('work begins in its order, as many pieces at once as allowed', async () => {
  const { queue, begun, end } = manualQueue(2);
  for (const name of ['a', 'b', 'c', 'd']) queue.add(name);
  expect(begun).toEqual(['a', 'b']);
  await end('b');
  expect(begun).toEqual(['a', 'b', 'c']);
  for (const name of ['a', 'c', 'd']) await end(name);
  await queue.finished();
});

test('a pause holds back what has not begun; fewer at once lets the present ones end first', async () => {
  const { queue, begun, end } = manualQueue(2);
  for (const name of ['a', 'b', 'c', 'd', 'e']) queue.add(name);
  queue.change(2, true);
  await end('a');
  expect(begun).toEqual(['a', 'b']);
  queue.change(1, false);
  expect(begun).toEqual(['a', 'b']);
  await end('b');
  expect(begun).toEqual(['a', 'b', 'c']);
  queue.change(3, false);
  expect(begun).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('it is finished when nothing is left, also when the rest was taken out', async () => {
  const { queue, begun, end } = manualQueue(1);
  queue.add('a');
  queue.add('b');
  const finished = queue.finished();
  queue.clear();
  await end('a');
  await finished;
  expect(begun).toEqual(['a']);
});

test('what comes later is waited for', async () => {
  const { queue, begun, end } = manualQueue(1);
  let ready = (): void => undefined;
  queue.addAfter(new Promise((resolve) => (ready = resolve)), 'late');
  const finished = queue.finished();
  expect(begun).toEqual([]);
  ready();
  await new Promise(setImmediate);
  expect(begun).toEqual(['late']);
  await end('late');
  await finished;
});

test('an error is thrown when the others have ended', async () => {
  const { queue, begun, end } = manualQueue(1);
  queue.add('a');
  queue.add('b');
  const finished = queue.finished();
  await end('a', new Error('broken'));
  expect(begun).toEqual(['a', 'b']);
  await end('b');
  await expect(finished).rejects.toThrow('broken');
});

test('a source is asked for more as its pieces are begun, and no more once the rest was taken out', async () => {
  let given = 0;
  const source = function* (): Generator<string> {
    for (;;) yield `${given++}`;
  };
  const { queue, begun, end } = manualQueue(1);
  queue.feed(source());
  await new Promise(setImmediate);
  expect(begun).toEqual(['0']);
  const before = given;
  for (let n = 0; n < 5; n++) {
    await end(`${n}`);
    await new Promise(setImmediate);
  }
  expect(given - before).toBe(5);
  queue.clear();
  await new Promise(setImmediate);
  const atEnd = given;
  await end('5');
  await queue.finished();
  expect(given).toBe(atEnd);
});

test('an error of a source is thrown when what it gave has ended', async () => {
  const source = function* (): Generator<string> {
    yield 'a';
    throw new Error('no more');
  };
  const { queue, begun, end } = manualQueue(1);
  queue.feed(source());
  const finished = queue.finished();
  await new Promise(setImmediate);
  expect(begun).toEqual(['a']);
  await end('a');
  await expect(finished).rejects.toThrow('no more');
});

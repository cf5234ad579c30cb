import { describe, expect, test, vi } from 'vitest';
import { RunQueue, type Turn } from '../../../src/sweeps/scheduler/run-queue.js';

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

/** A queue that hands pieces over ahead of their turn; the test says when they begin, end and come back. */
function handingQueue(jobs: number) {
  let nowMs = 0;
  const handed: string[] = [];
  const working = new Set<string>();
  const pieces = new Map<string, { readonly turn: Turn; readonly end: () => void }>();
  const askedBack: string[] = [];
  /** Pieces whose worker is known when the test says so. */
  const late = new Set<string>();
  const queue = new RunQueue<string>(
    jobs,
    (name, turn) => {
      handed.push(turn.isAhead ? `${name} ahead` : name);
      if (!turn.isAhead) {
        working.add(name);
        if (!late.has(name)) setImmediate(turn.begins); // as a launch does, a little later
      }
      turn.back.addEventListener('abort', () => askedBack.push(name));
      return new Promise((end) => {
        pieces.set(name, { turn, end });
      });
    },
    { handsAhead: true, clock: () => nowMs },
  );
  const begin = (name: string): void => {
    working.add(name);
    pieces.get(name)!.turn.begins();
  };
  const end = async (name: string, afterMs: number): Promise<void> => {
    nowMs += afterMs;
    working.delete(name);
    pieces.get(name)!.end();
    await settled();
  };
  const giveBack = async (...names: string[]): Promise<void> => {
    for (const name of names) {
      pieces.get(name)!.turn.goesBack();
      pieces.get(name)!.end();
    }
    await settled();
  };
  const wait = (ms: number): void => {
    nowMs += ms;
    vi.advanceTimersByTime(ms);
  };
  return { queue, handed, working, askedBack, late, begin, end, giveBack, wait };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
}

describe('pieces that are handed over ahead of their turn', () => {
  test('are as many as are done in less than half a second, and none at first', async () => {
    const { queue, handed, begin, end } = handingQueue(1);
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) queue.add(name);
    expect(handed).toEqual(['a']);
    await end('a', 200);
    expect(handed).toEqual(['a', 'b', 'c ahead', 'd ahead']);
    begin('c');
    await end('b', 300);
    expect(handed.slice(4)).toEqual([]); // one waits there still
    begin('d');
    await end('c', 500);
    expect(handed.slice(4)).toEqual([]); // they take longer now
    await end('d', 10);
    expect(handed.slice(4)).toEqual(['e']);
    await end('e', 10);
    expect(handed.slice(5)).toEqual(['f', 'g ahead']);
  });

  test('come back to their places when the queue pauses, and the one at work is left alone', async () => {
    const { queue, handed, working, askedBack, end, giveBack } = handingQueue(1);
    for (const name of ['a', 'b', 'c', 'd', 'e']) queue.add(name);
    await end('a', 100);
    expect(handed).toEqual(['a', 'b', 'c ahead', 'd ahead', 'e ahead']);
    queue.change(1, true);
    expect(askedBack).toEqual(['c', 'd', 'e']);
    await giveBack('d', 'e', 'c');
    await end('b', 100);
    expect(working).toEqual(new Set());
    expect(handed).toHaveLength(5);
    queue.change(1, false);
    expect(handed.slice(5)).toEqual(['c']);
    await settled();
    await end('c', 100);
    expect(handed.slice(6)).toEqual(['d', 'e ahead']);
  });

  test('wait until it is known who is at work: else they would take that one from the piece before them', async () => {
    const { queue, handed, late, begin, end } = handingQueue(1);
    late.add('b');
    for (const name of ['a', 'b', 'c']) queue.add(name);
    await end('a', 100);
    expect(handed).toEqual(['a', 'b']);
    begin('b');
    expect(handed).toEqual(['a', 'b', 'c ahead']);
  });

  test('are not begun again when the rest was taken out', async () => {
    const { queue, handed, askedBack, end, giveBack } = handingQueue(1);
    for (const name of ['a', 'b', 'c']) queue.add(name);
    await end('a', 100);
    queue.clear();
    expect(askedBack).toEqual(['c']);
    await giveBack('c');
    await end('b', 100);
    await queue.finished();
    expect(handed).toEqual(['a', 'b', 'c ahead']);
  });

  test('go to others when what they wait behind takes long', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const { queue, handed, askedBack, end, giveBack, wait } = handingQueue(2);
      for (const name of ['a', 'b', 'c', 'd', 'e']) queue.add(name);
      await end('a', 100);
      expect(handed).toEqual(['a', 'b', 'c', 'd ahead', 'e ahead']);
      await end('b', 500);
      wait(250);
      expect(askedBack).toEqual([]);
      wait(500);
      expect(askedBack).toEqual(['d', 'e']);
      await giveBack('d', 'e');
      expect(handed.slice(5)).toEqual(['d']); // nothing waits behind the slow one
      for (const name of ['c', 'd', 'e']) await end(name, 1);
      await queue.finished();
    } finally {
      vi.useRealTimers();
    }
  });
});

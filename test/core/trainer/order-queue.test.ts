import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { runPaths } from '../../../src/core/run-folder/paths.js';
import { writeStopRequest } from '../../../src/core/run-folder/stop-request.js';
import { OrderQueue } from '../../../src/core/trainer/order-queue.js';
import type { WorkerMessage } from '../../../src/core/trainer/worker-messages.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const NEVER = new AbortController().signal;

/** A worker's queue, with the launcher's side of it. */
function setUp() {
  const told: Partial<WorkerMessage>[] = [];
  const logs: string[] = [];
  let send: (message: unknown) => void = () => undefined;
  const orders = new OrderQueue({
    onMessage: (listener) => (send = listener),
    tell: (message) => {
      told.push(Object.fromEntries(Object.entries(message).filter(([, runs]) => runs.length > 0)));
    },
    redirect: (logFile) => logs.push(logFile) > 0,
  });
  const folder = temporaryFolder();
  const at = (name: string): string => join(folder, name);
  const work = (names: readonly string[], isAhead = true): void => {
    const order = (name: string) => {
      return { runFolder: at(name), attempt: 1, logFile: `${name}.log`, isAhead };
    };
    send({ type: 'work', orders: names.map(order) });
  };
  const takeBack = (): void => {
    send({ type: 'take-back' });
  };
  return { orders, told, logs, at, work, takeBack };
}

test('runs are begun in their order, each with its own log, and what is done is told with the next beginning', async () => {
  const { orders, told, logs, at, work } = setUp();
  work(['a', 'b']);
  expect(await orders.next(NEVER)).toMatchObject({ runFolder: at('a'), attempt: 1 });
  orders.tellDone(at('a'));
  expect(await orders.next(NEVER)).toMatchObject({ runFolder: at('b') });
  expect(told).toEqual([{ begun: [at('a')] }, { begun: [at('b')], done: [at('a')] }]);
  expect(logs).toEqual(['a.log', 'b.log']);
});

test('a worker without orders tells what is done and waits for one', async () => {
  const { orders, told, at, work } = setUp();
  orders.tellDone(at('first'));
  const next = orders.next(NEVER);
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  expect(told).toEqual([{ done: [at('first')] }]);
  work(['a'], false);
  expect(await next).toMatchObject({ runFolder: at('a') });
});

test('what has not begun is given back when it is asked for, and what comes later is done', async () => {
  const { orders, told, at, work, takeBack } = setUp();
  work(['a', 'b', 'c']);
  expect(await orders.next(NEVER)).toMatchObject({ runFolder: at('a'), attempt: 1 });
  takeBack();
  expect(told.at(-1)).toEqual({ returned: [at('b'), at('c')] });
  work(['d'], false);
  takeBack(); // one that is to begin at once stays
  expect(await orders.next(NEVER)).toMatchObject({ runFolder: at('d') });
});

test('a waiting run that is asked to stop is given back, and one that was to begin at once is begun', async () => {
  const { orders, told, at, work } = setUp();
  for (const name of ['a', 'b']) {
    mkdirSync(at(name));
    writeStopRequest(runPaths(at(name)), 'epoch', { coordinator: null, attempt: 1 });
  }
  work(['a']);
  work(['b'], false);
  expect(await orders.next(NEVER)).toMatchObject({ runFolder: at('b') });
  expect(told).toEqual([{ returned: [at('a')], begun: [at('b')] }]);
});

test('a worker that is asked to end begins nothing more', async () => {
  const { orders, told, work } = setUp();
  const stop = new AbortController();
  work(['a']);
  stop.abort();
  expect(await orders.next(stop.signal)).toBeNull();
  expect(told).toEqual([]);
});

test('a worker that waits and is asked to end does so at once: no timer keeps it', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const { orders } = setUp();
    const stop = new AbortController();
    const next = orders.next(stop.signal);
    await new Promise(setImmediate);
    expect(vi.getTimerCount()).toBe(1);
    stop.abort();
    expect(await next).toBeNull();
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

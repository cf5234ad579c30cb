import { existsSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import type { Lease } from '../../../src/core/run-folder/lease.js';
import { runPaths } from '../../../src/core/run-folder/paths.js';
import { waitForLease } from '../../../src/sweeps/scheduler/wait-for-lease.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const NEVER = new AbortController().signal;
const TOMORROW = Date.now() + 86_400_000;

/** Waits for a lease that is renewed for a time, by a clock that is a day ahead. @returns how long, in milliseconds */
async function waited(host: string, renewedForMs: number, stopAtMs = Infinity): Promise<number> {
  const { lease: path } = runPaths(temporaryFolder());
  const stop = new AbortController();
  const renew = (ms: number): void => {
    const renewedAt = new Date(TOMORROW + ms).toISOString();
    const lease: Lease = { host, pid: process.pid, processStart: null, renewedAt };
    writeFileSync(path, JSON.stringify(lease));
  };
  let nowMs = 0;
  renew(0);
  await waitForLease(path, stopAtMs === Infinity ? NEVER : stop.signal, {
    nowMs: () => nowMs,
    wait: (ms) => {
      nowMs += ms;
      if (nowMs % 5_000 === 0 && nowMs <= renewedForMs) renew(nowMs);
      if (nowMs >= stopAtMs) stop.abort();
      return Promise.resolve();
    },
  });
  expect(existsSync(path)).toBe(stopAtMs !== Infinity);
  return nowMs;
}

test('a lease of another host from the future is waited for until it is not renewed for a minute', async () => {
  expect(await waited(`not-${hostname()}`, 0)).toBe(60_000);
  expect(await waited(`not-${hostname()}`, 300_000)).toBe(360_000);
});

test('a living process of this host is waited for whatever its lease says', async () => {
  expect(await waited(hostname(), 0, 500_000)).toBe(500_000);
});

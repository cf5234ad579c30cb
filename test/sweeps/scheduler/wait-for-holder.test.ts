import { expect, test } from 'vitest';
import { createAttempt } from '../../../src/core/run-folder/attempts.js';
import { Heartbeats, SILENCE_MS } from '../../../src/core/run-folder/heartbeats.js';
import { type Holder, ownHolder } from '../../../src/core/run-folder/holder.js';
import { runPaths } from '../../../src/core/run-folder/paths.js';
import { waitForHolder } from '../../../src/sweeps/scheduler/wait-for-holder.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { ELSEWHERE, ENDED, writeLease } from '../../support/write-lease.js';

const NO_MEMORY = { read: () => undefined, write: () => undefined };

/** Waits for a holder that renews its lease for a time. @returns how long, in milliseconds */
async function waited(holder: Holder, renewedForMs: number, stopAtMs = Infinity): Promise<number> {
  const run = runPaths(temporaryFolder());
  const { lease } = createAttempt(run, { owner: 'a', coordinator: null });
  const stop = new AbortController();
  let nowMs = 0;
  writeLease(lease, { holder });
  await waitForHolder(run, stop.signal, {
    heartbeats: new Heartbeats(() => nowMs, NO_MEMORY),
    wait: (ms) => {
      nowMs += ms;
      if (nowMs % 5_000 === 0 && nowMs <= renewedForMs) writeLease(lease, { holder, beat: nowMs });
      if (nowMs >= stopAtMs) stop.abort();
      return Promise.resolve();
    },
  });
  return nowMs;
}

test('a worker that cannot be seen is waited for until its lease has not changed for long enough', async () => {
  expect(await waited(ELSEWHERE, 0)).toBe(SILENCE_MS);
  expect(await waited(ELSEWHERE, 300_000)).toBe(300_000 + SILENCE_MS);
});

test('a living process of this host is waited for whatever its lease says', async () => {
  expect(await waited(ownHolder(), 0, 500_000)).toBe(500_000);
});

test('one that has ended is not waited for', async () => {
  expect(await waited(ENDED, 0)).toBe(0);
});

test('the worker of the attempt before is waited for where nobody has begun with the latest', async () => {
  const run = runPaths(temporaryFolder());
  const stop = new AbortController();
  for (const owner of ['a', 'b']) createAttempt(run, { owner, coordinator: null });
  writeLease(run.attempt(1).lease);
  let looks = 0;
  await waitForHolder(run, stop.signal, {
    heartbeats: new Heartbeats(() => 0, NO_MEMORY),
    wait: () => {
      looks += 1;
      if (looks === 3) writeLease(run.attempt(1).lease, { holder: ENDED });
      return Promise.resolve();
    },
  });
  expect(looks).toBe(3);
});

import { expect, test } from 'vitest';
import { newLease } from '../../../src/core/run-folder/hold-lease.js';
import type { Lease } from '../../../src/core/run-folder/lease.js';
import { StallWatch } from '../../../src/sweeps/scheduler/stall-watch.js';
import { ENDED } from '../../support/write-lease.js';

const ALLOWANCE = 60_000;

function lease(begun: number, work: Partial<NonNullable<Lease['work']>> = {}): Lease {
  return {
    ...newLease(),
    work: { begun, quietMs: 0, allowanceMs: ALLOWANCE, steadyMs: 0, ...work },
  };
}

/** A watch that looks every quarter of a second of a clock that is moved by hand. */
function createWatch(): {
  watchFor: (ms: number, lease: Lease | null) => number | null;
  sleep: (ms: number) => void;
} {
  let nowMs = 0;
  const watch = new StallWatch(() => nowMs);
  return {
    watchFor: (ms, seen) => {
      let verdict: number | null = null;
      for (let passed = 0; passed < ms; passed += 250) {
        nowMs += 250;
        verdict = watch.look(seen);
      }
      return verdict;
    },
    sleep: (ms) => (nowMs += ms),
  };
}

test('a worker that gets on is left alone, however long it takes altogether', () => {
  const { watchFor } = createWatch();
  for (let begun = 1; begun < 5; begun++)
    expect(watchFor(ALLOWANCE - 1_000, lease(begun))).toBeNull();
});

test('a worker that is with one piece of work for longer than it may has stalled', () => {
  const { watchFor } = createWatch();
  expect(watchFor(ALLOWANCE, lease(1))).toBeNull();
  expect(watchFor(1_000, lease(1))).toBe(ALLOWANCE);
});

test('a renewal by the timer alone is no sign that it gets on', () => {
  const { watchFor } = createWatch();
  let verdict: number | null = null;
  for (let renewed = 1; renewed <= 13; renewed++)
    verdict = watchFor(5_000, lease(1, { quietMs: renewed * 5_000, steadyMs: renewed * 5_000 }));
  expect(verdict).toBe(ALLOWANCE);
});

test('a slow worker has a longer allowance', () => {
  const { watchFor } = createWatch();
  expect(watchFor(10 * ALLOWANCE, lease(1, { allowanceMs: 20 * ALLOWANCE }))).toBeNull();
});

test('a coordinator that slept blames nobody for it', () => {
  const { watchFor, sleep } = createWatch();
  watchFor(1_000, lease(1));
  sleep(8 * 3_600_000);
  expect(watchFor(1_000, lease(1))).toBeNull();
});

test('a worker that has not taken its lease is not judged, nor the lease that a dead one left', () => {
  const { watchFor } = createWatch();
  expect(watchFor(2 * ALLOWANCE, null)).toBeNull();
  expect(watchFor(2 * ALLOWANCE, { ...lease(1), holder: ENDED })).toBeNull();
});

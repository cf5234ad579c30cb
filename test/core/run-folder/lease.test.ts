import { mkdirSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { holdLease, holdWorkerLease, newLease } from '../../../src/core/run-folder/hold-lease.js';
import { isStalled, type Lease, readLease } from '../../../src/core/run-folder/lease.js';
import { FIRST_ALLOWANCE_MS, LEAST_ALLOWANCE_MS } from '../../../src/core/run-folder/work-pace.js';
import { runPaths } from '../../../src/core/run-folder/paths.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { ELSEWHERE } from '../../support/write-lease.js';

const WORK = { begun: 7, quietMs: 1_000, allowanceMs: 60_000, steadyMs: 500_000 };

/** A lease of this process, or one with other fields. */
function lease(fields: Partial<Lease> = {}): Lease {
  return { ...newLease(), work: WORK, ...fields };
}

describe('the holder of a lease', () => {
  test('gets on while its present piece of work is within its allowance', () => {
    expect(isStalled(lease(), 500_000 + 58_000)).toBe(false);
  });

  test('is stalled when that is over, though its process lives and its lease is renewed', () => {
    expect(isStalled(lease(), 500_000 + 60_000)).toBe(true);
    const renewed = lease({ work: { ...WORK, quietMs: 61_000, steadyMs: 560_000 } });
    expect(isStalled(renewed, 560_000)).toBe(true);
  });

  test('is not judged when it says nothing of its work, as a coordinator', () => {
    expect(isStalled(newLease(), 1e12)).toBe(false);
  });

  test('is judged on another host by its own word alone, for that has another clock', () => {
    expect(isStalled(lease({ holder: ELSEWHERE }), 1e12)).toBe(false);
    const late = lease({ holder: ELSEWHERE, work: { ...WORK, quietMs: 61_000 } });
    expect(isStalled(late, 0)).toBe(true);
  });
});

function leasePath(): string {
  const { folder, lease: path } = runPaths(temporaryFolder()).attempt(1);
  mkdirSync(folder, { recursive: true });
  return path;
}

describe('a worker renews its lease', () => {
  function hold(): {
    held: ReturnType<typeof holdWorkerLease>;
    pass: (ms: number) => void;
    read: () => Lease;
  } {
    const path = leasePath();
    let nowMs = 0;
    const order = { path, isFollowed: () => false, onFollowed: () => undefined };
    const held = holdWorkerLease(order, () => nowMs);
    return { held, pass: (ms) => (nowMs += ms), read: () => readLease(path)! };
  }

  test('before a piece of work that may take longer than it has said', () => {
    const { held, pass, read } = hold();
    held.begins('train');
    pass(10);
    held.begins('train');
    expect(read().work).toMatchObject({ begun: 0, allowanceMs: FIRST_ALLOWANCE_MS });
    pass(6_000); // the timer has no chance while one step follows another without a break
    held.begins('train');
    expect(read().work).toMatchObject({ begun: 3, allowanceMs: 120_000 });
    pass(10);
    held.begins('evaluate');
    expect(read().work).toMatchObject({ begun: 4, allowanceMs: FIRST_ALLOWANCE_MS });
    held.release();
  });

  test('no oftener than every five seconds when its steps are short', () => {
    const { held, pass, read } = hold();
    held.begins('train');
    for (let step = 0; step < 600; step++) {
      pass(10);
      held.begins('train');
    }
    expect(read().work).toMatchObject({ begun: 501, allowanceMs: LEAST_ALLOWANCE_MS });
    held.release();
  });
});

test('a lease changes with each renewal, until somebody else has taken over', () => {
  vi.useFakeTimers();
  try {
    const path = leasePath();
    let isFollowed = false;
    const onFollowed = vi.fn();
    const held = holdLease({ path, isFollowed: () => isFollowed, onFollowed });
    const beats = [readLease(path)!.beat];
    for (const followed of [false, false, true, true]) {
      isFollowed = followed;
      vi.advanceTimersByTime(5_000);
      beats.push(readLease(path)!.beat);
    }
    expect(beats).toEqual([1, 2, 3, 3, 3]);
    expect(onFollowed).toHaveBeenCalledTimes(1);
    held.release();
    expect(readLease(path)).toBeNull();
  } finally {
    vi.useRealTimers();
  }
});

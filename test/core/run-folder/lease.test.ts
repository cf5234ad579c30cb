import { hostname } from 'node:os';
import { describe, expect, test } from 'vitest';
import { holdLease } from '../../../src/core/run-folder/hold-lease.js';
import {
  isLeaseAlive,
  type Lease,
  leaseState,
  readLease,
} from '../../../src/core/run-folder/lease.js';
import { FIRST_ALLOWANCE_MS, LEAST_ALLOWANCE_MS } from '../../../src/core/run-folder/work-pace.js';
import { runPaths } from '../../../src/core/run-folder/paths.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const RENEWED = '2026-01-01T00:00:00.000Z';
const WALL = Date.parse(RENEWED);
const WORK = { begun: 7, quietMs: 1_000, allowanceMs: 60_000, steadyMs: 500_000 };

/** A lease of this process, or of one on another host. */
function lease(fields: Partial<Lease> = {}): Lease {
  const { pid } = process;
  return { host: hostname(), pid, processStart: null, renewedAt: RENEWED, work: WORK, ...fields };
}

describe('the holder of a lease on this host', () => {
  test('works while its present piece of work is within its allowance', () => {
    expect(leaseState(lease(), { wallMs: WALL, steadyMs: 500_000 + 58_000 })).toBe('working');
  });

  test('is stalled when that is over, though its process lives and its lease is renewed', () => {
    expect(leaseState(lease(), { wallMs: WALL, steadyMs: 500_000 + 60_000 })).toBe('stalled');
    const renewed = lease({ work: { ...WORK, quietMs: 61_000, steadyMs: 560_000 } });
    expect(leaseState(renewed, { wallMs: WALL, steadyMs: 560_000 })).toBe('stalled');
  });

  test.each([-3_600_000, 0, 3_600_000 * 24 * 365])(
    'is judged alike when the wall clock was set by %i ms',
    (ms) => {
      const wallMs = WALL + ms;
      expect(leaseState(lease(), { wallMs, steadyMs: 510_000 })).toBe('working');
      expect(leaseState(lease(), { wallMs, steadyMs: 600_000 })).toBe('stalled');
      expect(isLeaseAlive(lease(), { wallMs })).toBe(true);
    },
  );

  test('is not judged when it says nothing of its work, as an older version', () => {
    const { work, ...older } = lease();
    expect(leaseState(older, { wallMs: WALL, steadyMs: 1e12 })).toBe('working');
  });

  test('is gone when its process is', () => {
    expect(leaseState(lease({ processStart: '1' }), { wallMs: WALL, steadyMs: 0 })).toBe('free');
    expect(leaseState(null)).toBe('free');
  });
});

describe('the holder of a lease on another host', () => {
  const remote = lease({ host: `not-${hostname()}` });

  test('is judged by the wall clock, and is gone when it does not renew', () => {
    const after = (ms: number) => leaseState(remote, { wallMs: WALL + ms, steadyMs: 0 });
    expect(after(30_000)).toBe('working');
    expect(after(59_500)).toBe('stalled');
    expect(after(61_000)).toBe('free');
  });

  test('counts as working when the clock was set back behind its renewal', () => {
    expect(leaseState(remote, { wallMs: WALL - 3_600_000, steadyMs: 0 })).toBe('working');
  });
});

describe('a worker renews its lease', () => {
  function hold(): {
    held: ReturnType<typeof holdLease>;
    pass: (ms: number) => void;
    read: () => Lease;
  } {
    const { lease: path } = runPaths(temporaryFolder());
    let nowMs = 0;
    const held = holdLease(path, () => nowMs);
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

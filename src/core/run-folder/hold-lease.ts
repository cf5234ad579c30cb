import { unlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { isMissing, messageOf } from '../errors.js';
import { writeJsonUnsynced } from './atomic-write.js';
import { type Lease, processStart } from './lease.js';
import { steadyMs } from './steady-clock.js';
import { type WorkKind, WorkPace, type WorkState } from './work-pace.js';

/** How often a worker renews its lease. */
const RENEWAL_MS = 5_000;

/** Of this process: it does not change. */
let ownStart: string | null = null;

/** Takes or renews a lease for this process. */
export function writeLease(path: string, work?: WorkState): void {
  // Not synced: after a power cut nobody holds it.
  writeJsonUnsynced(path, {
    host: hostname(),
    pid: process.pid,
    processStart: (ownStart ??= processStart(process.pid)),
    renewedAt: new Date().toISOString(),
    ...(work === undefined ? {} : { work: { ...work, steadyMs: steadyMs() } }),
  } satisfies Lease);
}

/** Gives a lease back. */
export function releaseLease(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (!isMissing(error)) throw error; // somebody took it away
  }
}

/** A lease that this process holds. */
export interface HeldLease {
  /** A piece of work begins, and the one before it is done: what tells a stalled worker from a slow one. */
  readonly begins: (kind: WorkKind) => void;
  readonly release: () => void;
}

/**
 * Takes a lease and renews it until it is given back, by a timer and by the work itself.
 *
 * Both say different things. The timer says that the process lives, also in one long call; only `begins` says that
 * it gets on: a timer goes on in a worker whose GPU never answers, and stops in one that is in a long step. So every
 * renewal tells how long the present piece of work has taken, and how long it may take.
 */
export function holdLease(path: string, clock: () => number = steadyMs): HeldLease {
  const pace = new WorkPace(clock);
  let writtenMs = clock();
  let writtenAllowanceMs = pace.allowanceMs;
  writeLease(path, pace.state());
  const renew = (): void => {
    writtenMs = clock();
    writtenAllowanceMs = pace.allowanceMs;
    try {
      writeLease(path, pace.state());
    } catch (error) {
      // A full disk must not end a worker that still computes: its next epoch will, if nobody makes room.
      process.stderr.write(`the lease could not be renewed: ${messageOf(error)}\n`);
    }
  };
  const timer = setInterval(renew, RENEWAL_MS);
  return {
    begins: (kind) => {
      pace.begin(kind);
      // Before a piece that may take longer than the last renewal says: it may keep the timer from saying so.
      if (pace.allowanceMs > writtenAllowanceMs || clock() - writtenMs >= RENEWAL_MS) renew();
    },
    release: () => {
      clearInterval(timer);
      releaseLease(path);
    },
  };
}

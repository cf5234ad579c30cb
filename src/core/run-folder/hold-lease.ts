import { unlinkSync } from 'node:fs';
import { isMissing, messageOf } from '../errors.js';
import { replaceJson } from './atomic-write.js';
import { ownHolder } from './holder.js';
import type { Lease } from './lease.js';
import { steadyMs } from './steady-clock.js';
import { type WorkKind, WorkPace, type WorkState } from './work-pace.js';

/** How often a holder renews its lease. */
const RENEWAL_MS = 5_000;

/** What a lease is held with. */
export interface LeaseOrder {
  readonly path: string;
  /** Whether somebody else has taken over; asked at each renewal. */
  readonly isFollowed: () => boolean;
  /** Called once when that is so. The lease is not renewed any more. */
  readonly onFollowed: () => void;
}

/** A lease that this process holds. */
export interface HeldLease {
  readonly renew: () => void;
  /** Gives it back. */
  readonly release: () => void;
}

/** A lease of this process as it begins: for a folder that is made with it. */
export function newLease(): Lease {
  return { holder: ownHolder(), since: new Date().toISOString(), sinceMs: steadyMs(), beat: 0 };
}

/**
 * Takes a lease and renews it until it is given back or somebody else has taken over.
 *
 * @param work how the holder gets on, told with each renewal
 */
export function holdLease(
  { path, isFollowed, onFollowed }: LeaseOrder,
  work?: () => WorkState,
): HeldLease {
  const first = newLease();
  let beat = 0;
  const renew = (): void => {
    beat += 1;
    const how = work === undefined ? {} : { work: { ...work(), steadyMs: steadyMs() } };
    // Not synced: after a power cut nobody holds it.
    replaceJson(path, { ...first, beat, ...how } satisfies Lease);
  };
  renew();
  const renewOrSay = (): void => {
    try {
      renew();
    } catch (error) {
      // A full disk must not end a worker that still computes: its next epoch will, if nobody makes room.
      process.stderr.write(`the lease could not be renewed: ${messageOf(error)}\n`);
    }
  };
  const timer = setInterval(() => {
    if (!isFollowed()) {
      renewOrSay();
      return;
    }
    clearInterval(timer);
    onFollowed();
  }, RENEWAL_MS);
  return {
    renew: renewOrSay,
    release: () => {
      clearInterval(timer);
      removeLease(path);
    },
  };
}

/** Removes a lease whose holder does not need it any more. */
export function removeLease(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (!isMissing(error)) throw error; // somebody took it away
  }
}

/** A lease of a worker. */
export interface WorkerLease {
  /** A piece of work begins, and the one before it is done: what tells a stalled worker from a slow one. */
  readonly begins: (kind: WorkKind) => void;
  readonly release: () => void;
}

/**
 * {@link holdLease} for a worker, which renews it by its work as well.
 *
 * Both say different things. The timer says that the process lives, also in one long call; only `begins` says that
 * it gets on: a timer goes on in a worker whose GPU never answers, and stops in one that is in a long step. So every
 * renewal tells how long the present piece of work has taken, and how long it may take.
 */
export function holdWorkerLease(order: LeaseOrder, clock: () => number = steadyMs): WorkerLease {
  const pace = new WorkPace(clock);
  let writtenMs = clock();
  let writtenAllowanceMs = pace.allowanceMs;
  const { renew, release } = holdLease(order, () => {
    writtenMs = clock();
    writtenAllowanceMs = pace.allowanceMs;
    return pace.state();
  });
  return {
    begins: (kind) => {
      pace.begin(kind);
      // Before a piece that may take longer than the last renewal says: it may keep the timer from saying so.
      if (pace.allowanceMs > writtenAllowanceMs || clock() - writtenMs >= RENEWAL_MS) renew();
    },
    release,
  };
}

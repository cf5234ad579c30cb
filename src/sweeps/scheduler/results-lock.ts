import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { messageOf, SweepError } from '../../core/errors.js';
import type { Lease } from '../../core/run-folder/lease.js';
import {
  isOwnerAlive,
  type LockOwner,
  readLockOwner,
  removeOwner,
  takeOwnedLock,
} from './owned-lock.js';

/** Several that see the same dead owner try to take its lock at once; each time one of them has it. */
const ATTEMPTS = 10;

/**
 * Makes this process the only one that runs sweeps in a results folder, so that the database has one writer and no run
 * is started twice. The lock of a process that died on this host is taken over at once, that of another host when it
 * was not renewed for half a minute.
 *
 * @returns gives the lock back
 * @throws SweepError `busy` when another process holds it, `unavailable` when the folder cannot be written
 */
export function lockResults(folder: string): () => void {
  const lock = lockOf(folder);
  try {
    mkdirSync(folder, { recursive: true });
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const owner = readLockOwner(lock);
      if (owner !== null) {
        if (isOwnerAlive(owner)) throw heldError(folder, owner);
        removeOwner(lock, owner.file);
      }
      const unlock = takeOwnedLock(lock, (reason) => {
        stopOwnSweep(folder, reason);
      });
      if (unlock !== null) return unlock;
    }
  } catch (error) {
    throw error instanceof SweepError ? error : unwritableError(folder, error);
  }
  throw heldError(folder, null);
}

/** Who holds the lock of a results folder and lives; null when nobody does. */
export function coordinatorAtWork(folder: string): Lease | null {
  const owner = readLockOwner(lockOf(folder));
  return owner !== null && isOwnerAlive(owner) ? owner.lease : null;
}

function lockOf(folder: string): string {
  return join(folder, 'coordinator.lock');
}

/** Another host took the lock because this one could not renew it: two writers must not go on. */
function stopOwnSweep(folder: string, reason: string): void {
  process.emitWarning(`the lock of ${folder} was lost (${reason}): this sweep stops`);
  process.kill(process.pid, 'SIGTERM');
}

function heldError(folder: string, owner: LockOwner | null): SweepError {
  const lease = owner?.lease ?? null;
  const who = lease === null ? '' : ` (process ${lease.pid} on ${lease.host})`;
  return new SweepError('busy', {
    where: folder,
    message: `another \`sweep run\` works in this results folder${who}`,
    fix: isOfTheFuture(owner)
      ? `Its last sign of life is of ${new Date(owner.renewedMs).toISOString()}, which is yet to come: a clock was set back. If nobody works there, remove ${lockOf(folder)}.`
      : 'Wait for it (sweep ls shows how far it is), or give this one its own --results DIR.',
  });
}

/** Clocks of hosts differ by less than this. */
const CLOCKS_DIFFER_MS = 60_000;

/** Whether an owner on another host would be respected for as long as a clock is behind. */
function isOfTheFuture(owner: LockOwner | null): owner is LockOwner {
  return (
    owner !== null &&
    owner.lease?.host !== hostname() &&
    owner.renewedMs - Date.now() > CLOCKS_DIFFER_MS
  );
}

function unwritableError(folder: string, cause: unknown): SweepError {
  return new SweepError(
    'unavailable',
    {
      where: folder,
      message: `the results folder cannot be written: ${messageOf(cause)}`,
      fix: 'Choose another one with --results DIR or SWEEP_RESULTS.',
    },
    { cause },
  );
}

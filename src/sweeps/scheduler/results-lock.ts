import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import lockfile from 'proper-lockfile';
import { messageOf, SweepError } from '../../core/errors.js';
import { releaseLease, writeLease } from '../../core/run-folder/hold-lease.js';
import { isLeaseAlive, type Lease, readLease } from '../../core/run-folder/lease.js';

/** Renewed while the holder lives; a lock of another host that was not renewed for this long is nobody's. */
const STALE_MS = 30_000;
const RENEWAL_MS = 5_000;

/**
 * Makes this process the only one that runs sweeps in a results folder, so that the database has one writer and no run
 * is started twice. The lock of a process that died on this host is taken over at once.
 *
 * @returns gives the lock back
 * @throws SweepError `busy` when another process holds it, `unavailable` when the folder cannot be written
 */
export async function lockResults(folder: string): Promise<() => Promise<void>> {
  const lock = join(folder, 'coordinator.lock');
  const owner = ownerFile(folder);
  try {
    mkdirSync(folder, { recursive: true });
    const lease = readLease(owner);
    if (lease !== null && !isLeaseAlive(lease)) rmSync(lock, { recursive: true, force: true });
    const unlock = await lockfile.lock(folder, {
      lockfilePath: lock,
      stale: STALE_MS,
      update: RENEWAL_MS,
    });
    writeLease(owner);
    return async () => {
      releaseLease(owner);
      await unlock();
    };
  } catch (error) {
    throw isHeld(error) ? heldError(folder, owner, error) : unwritableError(folder, error);
  }
}

/** Who holds the lock of a results folder and lives; null when nobody does. */
export function coordinatorAtWork(folder: string): Lease | null {
  const lease = readLease(ownerFile(folder));
  return lease !== null && isLeaseAlive(lease) ? lease : null;
}

function ownerFile(folder: string): string {
  return join(folder, 'coordinator.json');
}

function isHeld(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ELOCKED';
}

function heldError(folder: string, owner: string, cause: unknown): SweepError {
  const lease = readLease(owner);
  const who = lease === null ? '' : ` (process ${lease.pid} on ${lease.host})`;
  return new SweepError(
    'busy',
    {
      where: folder,
      message: `another \`sweep run\` works in this results folder${who}`,
      fix: 'Wait for it (sweep ls shows how far it is), or give this one its own --results DIR.',
    },
    { cause },
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

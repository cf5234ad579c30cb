import { mkdirSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import lockfile from 'proper-lockfile';
import { messageOf, SweepError } from '../../core/errors.js';
import { releaseLease, writeLease } from '../../core/run-folder/hold-lease.js';
import { isLeaseAlive, type Lease, readLease } from '../../core/run-folder/lease.js';

/** Renewed while the holder lives; a lock of another host that was not renewed for this long is nobody's. */
const STALE_MS = 30_000;
const RENEWAL_MS = 5_000;

/** Trying to take the lock of a dead process lasts milliseconds, unless that process died too. */
const TAKEOVER = { stale: 5_000, retries: { retries: 40, minTimeout: 50, maxTimeout: 250 } };

/**
 * Makes this process the only one that runs sweeps in a results folder, so that the database has one writer and no run
 * is started twice. The lock of a process that died on this host is taken over at once, that of another host when it
 * was not renewed for half a minute.
 *
 * @returns gives the lock back
 * @throws SweepError `busy` when another process holds it, `unavailable` when the folder cannot be written
 */
export async function lockResults(folder: string): Promise<() => Promise<void>> {
  const files = { lock: join(folder, 'coordinator.lock'), owner: ownerFile(folder) };
  try {
    mkdirSync(folder, { recursive: true });
    return hasOwnerDied(files) ? await takeOver(folder, files) : await take(folder, files);
  } catch (error) {
    throw isHeld(error) ? heldError(folder, files.owner, error) : unwritableError(folder, error);
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

interface LockFiles {
  /** A folder, made by whoever holds the lock, whose time of change is renewed. */
  readonly lock: string;
  /** Who that is. */
  readonly owner: string;
}

/** Only on this host: whether a process elsewhere lives is told by the renewal of its lock. */
function hasOwnerDied({ owner }: LockFiles): boolean {
  const lease = readLease(owner);
  return lease?.host === hostname() && !isLeaseAlive(lease);
}

/** Two processes may see the same dead owner; the second must not remove the lock that the first has taken by then. */
async function takeOver(folder: string, files: LockFiles): Promise<() => Promise<void>> {
  // Named by another file than the lock itself: the library keeps one lock for each.
  const done = await lockfile.lock(files.owner, {
    ...TAKEOVER,
    realpath: false, // the file is gone when the other one has ended already
    lockfilePath: join(folder, 'coordinator.takeover'),
  });
  try {
    if (hasOwnerDied(files)) rmSync(files.lock, { recursive: true, force: true });
    return await take(folder, files);
  } finally {
    await done();
  }
}

async function take(folder: string, { lock, owner }: LockFiles): Promise<() => Promise<void>> {
  const unlock = await lockfile.lock(folder, {
    lockfilePath: lock,
    stale: STALE_MS,
    update: RENEWAL_MS,
    onCompromised: (error) => {
      stopOwnSweep(folder, error);
    },
  });
  writeLease(owner);
  return async () => {
    // In this order: killed in between, it leaves the name of a dead owner, and not a lock that nobody can be asked about.
    await unlock();
    const present = readLease(owner);
    if (present?.pid === process.pid && present.host === hostname()) releaseLease(owner);
  };
}

/** Another host took the lock because this one could not renew it: two writers must not go on. */
function stopOwnSweep(folder: string, cause: Error): void {
  process.emitWarning(`the lock of ${folder} was lost (${cause.message}): this sweep stops`);
  process.kill(process.pid, 'SIGTERM');
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

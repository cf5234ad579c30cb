import { randomInt } from 'node:crypto';
import { readdirSync, renameSync, rmdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { hasCode, isMissing } from '../../core/errors.js';
import { findLeftovers } from '../../core/run-folder/atomic-write.js';
import { writeLease } from '../../core/run-folder/hold-lease.js';
import { isLeaseAlive, type Lease, readLease } from '../../core/run-folder/lease.js';
import { steadyMs } from '../../core/run-folder/steady-clock.js';

/** Renewed while the owner lives; a lock of another host that was not renewed for this long is nobody's. */
const STALE_MS = 30_000;
const RENEWAL_MS = 5_000;

/** Whoever holds a lock. */
export interface LockOwner {
  /** The one file in the lock's folder, of a name that no other owner ever has. */
  readonly file: string;
  /** Null when it cannot be read. */
  readonly lease: Lease | null;
  /** Wall clock, in milliseconds. */
  readonly renewedMs: number;
}

/** Who holds a lock; null when nobody does: it is not there, or its folder is empty. */
export function readLockOwner(lock: string): LockOwner | null {
  return unlessGone(() => {
    const [name] = readdirSync(lock);
    if (name === undefined) return null;
    const file = join(lock, name);
    const lease = readLease(file);
    return { file, lease, renewedMs: statSync(file).mtimeMs };
  });
}

/** Of this host, whether the process lives, whatever the clock says; of another one, whether it renews its lock. */
export function isOwnerAlive({ lease, renewedMs }: LockOwner): boolean {
  if (lease?.host === hostname()) return isLeaseAlive(lease);
  return Date.now() - renewedMs < STALE_MS;
}

/**
 * Takes a lock that nobody holds, in one step: a folder with the owner's name in it is made beside it and renamed, which a
 * system does only when nothing but an empty folder is there. So there is no lock without an owner, whenever one dies.
 *
 * @param onLost called when another one has taken the lock, because this process could not renew it
 * @returns gives the lock back; null when somebody else was quicker
 */
export function takeOwnedLock(lock: string, onLost: (reason: string) => void): (() => void) | null {
  const number = randomInt(2 ** 47);
  const made = `${lock}.${number}`;
  const name = `${number}.json`;
  try {
    writeLease(join(made, name));
    renameSync(made, lock);
  } catch (error) {
    rmSync(made, { recursive: true, force: true });
    // ENOENT: whoever has it by now took what was being made for a leftover.
    if (hasCode(error, 'ENOTEMPTY', 'EEXIST', 'ENOENT')) return null;
    throw error;
  }
  removeLeftovers(lock);
  const file = join(lock, name);
  const renewal = renew(file, onLost);
  return () => {
    clearInterval(renewal);
    removeOwner(lock, file);
  };
}

/** Removes an owner from a lock, and only that one: whoever has taken the lock since has another file. */
export function removeOwner(lock: string, file: string): void {
  rmSync(file, { force: true });
  removeIfEmpty(lock);
}

/** Only the time of the file is changed: writing it would put it into the lock of another one. */
function renew(file: string, onLost: (reason: string) => void): NodeJS.Timeout {
  let renewedMs = steadyMs();
  const timer = setInterval(() => {
    try {
      const now = new Date();
      utimesSync(file, now, now);
      renewedMs = steadyMs();
    } catch (error) {
      const isGone = isMissing(error);
      if (!isGone && steadyMs() - renewedMs < STALE_MS) return; // tried again in a moment
      clearInterval(timer);
      onLost(isGone ? 'somebody else took it' : 'it could not be renewed');
    }
  }, RENEWAL_MS);
  return timer.unref();
}

/** What those who died while they took the lock left beside it. */
function removeLeftovers(lock: string): void {
  const folder = dirname(lock);
  for (const entry of findLeftovers(folder, (name) => name === basename(lock))) {
    const leftover = join(folder, entry);
    const owner = readLockOwner(leftover);
    if (owner === null) removeIfEmpty(leftover);
    else if (!isOwnerAlive(owner)) rmSync(leftover, { recursive: true, force: true });
  }
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!hasCode(error, 'ENOTEMPTY', 'EEXIST', 'ENOENT')) throw error;
  }
}

function unlessGone<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

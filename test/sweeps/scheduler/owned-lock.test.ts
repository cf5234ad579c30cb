import { mkdirSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import {
  isOwnerAlive,
  readLockOwner,
  removeOwner,
  takeOwnedLock,
} from '../../../src/sweeps/scheduler/owned-lock.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const ignore = (): void => undefined;

function lockPath(): string {
  return join(temporaryFolder(), 'the.lock');
}

describe('a lock with an owner', () => {
  test('is held by one, until that gives it back', () => {
    const lock = lockPath();
    const unlock = takeOwnedLock(lock, ignore);
    expect(readLockOwner(lock)?.lease?.pid).toBe(process.pid);
    expect(takeOwnedLock(lock, ignore)).toBeNull();
    unlock?.();
    expect(readLockOwner(lock)).toBeNull();
    expect(readdirSync(join(lock, '..'))).toEqual([]);
    takeOwnedLock(lock, ignore)?.();
  });

  test('is not taken from whoever took it over first by another one that saw the same dead owner', () => {
    const lock = lockPath();
    const unlockDead = takeOwnedLock(lock, ignore);
    const seenByBoth = readLockOwner(lock)!;
    removeOwner(lock, seenByBoth.file);
    const unlock = takeOwnedLock(lock, ignore);
    removeOwner(lock, seenByBoth.file);
    expect(takeOwnedLock(lock, ignore)).toBeNull();
    unlockDead?.();
    expect(readLockOwner(lock)?.lease?.pid).toBe(process.pid);
    unlock?.();
  });

  test('that was lost is left to whoever has it now', () => {
    const lock = lockPath();
    const unlockLost = takeOwnedLock(lock, ignore);
    removeOwner(lock, readLockOwner(lock)!.file); // another host, which saw no renewal
    const unlock = takeOwnedLock(lock, ignore);
    unlockLost?.();
    expect(readLockOwner(lock)).not.toBeNull();
    unlock?.();
  });

  test('is of a living process of this host, whatever the clock says', () => {
    const lock = lockPath();
    const unlock = takeOwnedLock(lock, ignore);
    utimesSync(readLockOwner(lock)!.file, new Date(0), new Date(0));
    expect(isOwnerAlive(readLockOwner(lock)!)).toBe(true);
    unlock?.();
  });

  test('is renewed, and its loss is told', () => {
    vi.useFakeTimers();
    try {
      const lock = lockPath();
      const lost: string[] = [];
      takeOwnedLock(lock, (reason) => lost.push(reason));
      const { file } = readLockOwner(lock)!;
      utimesSync(file, new Date(0), new Date(0));
      vi.advanceTimersByTime(5_000);
      expect(readLockOwner(lock)!.renewedMs).toBeGreaterThan(0);
      expect(lost).toEqual([]);
      removeOwner(lock, file);
      vi.advanceTimersByTime(60_000);
      expect(lost).toEqual(['somebody else took it']);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  test('is cleared of what others left who died while they took it', () => {
    const lock = lockPath();
    mkdirSync(`${lock}.1`);
    const unlock = takeOwnedLock(lock, ignore);
    expect(readdirSync(join(lock, '..'))).toEqual(['the.lock']);
    unlock?.();
  });
});

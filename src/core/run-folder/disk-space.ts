import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode } from '../errors.js';

/** Bytes that removing a file or a folder frees; a file that has another name too frees none. 0 where nothing is. */
export function freedBytes(path: string): number {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.nlink > 1 ? 0 : stat.size;
  return pathsIn(path).reduce((sum, each) => sum + freedBytes(each), 0);
}

/**
 * Whether a file or folder has not been changed for a time in which whoever writes it would have. One whose time lies
 * in the future, by a clock that was set back since, counts as new.
 */
export function isLeftAlone(path: string, quietMs: number, nowMs: number = Date.now()): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat !== undefined && nowMs - stat.mtimeMs >= quietMs;
}

/** Paths of what is in a folder; none where there is no such folder. */
export function pathsIn(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  }
}

/** Paths of the files in a folder and those in it; none where there is no such folder. */
export function filesBelow(folder: string): string[] {
  return pathsIn(folder).flatMap((path) => {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return []; // removed meanwhile
    return stat.isDirectory() ? filesBelow(path) : [path];
  });
}

import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ResultsPaths } from '../../core/run-folder/paths.js';
import { remove } from '../control/remove.js';
import type { Garbage } from './find-garbage.js';
import { removedCache } from './leftovers.js';

/**
 * Removes what was found.
 *
 * **Durability**: interrupted at any place, it leaves a part of the garbage and nothing else: each file goes in one
 * system call and nothing stands on it, a whole run goes as `sweep rm` does it, and the caches lose their name first.
 * No log and no row of a run that stays is touched.
 *
 * **Ownership**: the caller has held the lock of the results folder since before it was found.
 *
 * @param onProgress called with the number of runs whose files are gone
 */
export function removeGarbage(
  paths: ResultsPaths,
  garbage: Garbage,
  onProgress: (runs: number) => void = () => undefined,
): void {
  for (const [index, { id, files }] of garbage.runs.entries()) {
    for (const { file } of files)
      rmSync(join(paths.run(id).folder, file), { recursive: true, force: true });
    onProgress(index + 1);
  }
  if (garbage.orphans.length > 0)
    remove(paths, { runIds: garbage.orphans.map(({ id }) => id), sweep: null });
  for (const { path } of garbage.leftovers) rmSync(path, { recursive: true, force: true });
  if (garbage.caches.length > 0) removeCaches(paths);
}

function removeCaches(paths: ResultsPaths): void {
  const removed = removedCache(paths);
  rmSync(removed, { recursive: true, force: true }); // of another time, interrupted
  if (existsSync(paths.cacheFolder)) renameSync(paths.cacheFolder, removed);
  rmSync(removed, { recursive: true, force: true });
}

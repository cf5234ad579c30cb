import { rmSync } from 'node:fs';
import type { ResultsPaths } from '../../core/run-folder/paths.js';
import { forget, type Forgotten } from '../../core/store/forget.js';

/**
 * Removes the folders of runs, and possibly of a sweep, and what the database knows of them.
 *
 * **Durability**: a removal that is interrupted leaves nothing half there: `run.json` goes first, and a folder without
 * one is no run. Removing again ends it.
 *
 * **Ownership**: the caller holds the lock of the results folder, and nobody works on these runs.
 */
export function remove(paths: ResultsPaths, what: Forgotten): void {
  for (const id of what.runIds) rmSync(paths.run(id).runFile, { force: true });
  forget(paths, what);
  for (const id of what.runIds) rmSync(paths.run(id).folder, { recursive: true, force: true });
  if (what.sweep !== null) rmSync(paths.sweep(what.sweep), { recursive: true, force: true });
}

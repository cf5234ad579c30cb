import type { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { latestCoordinator } from '../core/run-folder/coordinators.js';
import type { ResultsPaths } from '../core/run-folder/paths.js';
import { startThread } from '../core/start-thread.js';

export const keepUpDataSchema = z.strictObject({ results: z.string(), database: z.string() });
export type KeepUpData = z.infer<typeof keepUpDataSchema>;

/** Taking in what is new while a dashboard is open. */
export interface KeepingUp {
  /** Ends it. @returns what went wrong with it; null when nothing did */
  readonly end: () => Error | null;
}

/** How often is looked who works in the folder. */
const LOOK_MS = 1_000;

/**
 * Has a thread take in what is new in a results folder for a dashboard that is open, while the coordinator is on another host
 * or keeps another database: else nobody would.
 */
export function keepUp(paths: ResultsPaths): KeepingUp {
  let thread: Worker | null = null;
  let failure: Error | null = null;
  const timer = setInterval(() => {
    if (thread !== null || !isFedElsewhere(paths)) return;
    const workerData: KeepUpData = { results: paths.folder, database: paths.database };
    thread = startThread(import.meta.url, './keep-up-worker', { workerData });
    thread.unref();
    thread.on('error', (error) => {
      failure = error; // the dashboard goes on with what it has
    });
  }, LOOK_MS).unref();
  return {
    end: () => {
      clearInterval(timer);
      void thread?.terminate();
      return failure;
    },
  };
}

function isFedElsewhere(paths: ResultsPaths): boolean {
  const latest = latestCoordinator(paths);
  if (latest === null || latest.state.life === 'gone') return false;
  return latest.state.sight !== 'lives' || latest.database !== paths.database;
}

import { workerData } from 'node:worker_threads';
import { SweepError } from '../core/errors.js';
import { resultsPaths } from '../core/run-folder/paths.js';
import { openUpToDate } from '../core/store/open-up-to-date.js';
import { keepUpDataSchema } from './keep-up.js';

// The program of a thread: it brings the database up to date again and again.

/** Time between two looks; a folder that takes long to look at is looked at less often. */
const LOOK_MS = 1_000;
const MOST_SHARE = 0.1;

const { results, database } = keepUpDataSchema.parse(workerData);
const paths = resultsPaths(results, database);

function look(): void {
  const begin = performance.now();
  try {
    openUpToDate(paths, { onProgress: () => undefined, onProblem: () => undefined }).close();
  } catch (error) {
    if (!(error instanceof SweepError)) throw error; // what is wrong with the results, the dashboard says
  }
  setTimeout(look, Math.max(LOOK_MS, (performance.now() - begin) / MOST_SHARE));
}

look();

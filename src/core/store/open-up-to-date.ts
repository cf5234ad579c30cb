import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { SweepError } from '../errors.js';
import { latestCoordinator } from '../run-folder/coordinators.js';
import type { ResultsPaths } from '../run-folder/paths.js';
import { checkResultsFormat } from '../run-folder/results-format.js';
import { openForReading, type SweepDatabase } from './database.js';
import type { IngestProgress } from './ingest-all.js';
import { createRecorder } from './recorder.js';
import { readTakenIn, takenInUpTo } from './taken-in.js';

/** What is told while a database is brought up to date. */
export interface UpToDateListener {
  readonly onProgress: (progress: IngestProgress) => void;
  /** What is new cannot be taken in; what was recorded before is read all the same. */
  readonly onProblem: (problem: SweepError) => void;
}

/**
 * Opens the database of a results folder to read, when it has taken in what is new there: from a coordinator on another host,
 * and from one that was killed. While a coordinator of this host writes to it, and when nobody has worked in the folder since,
 * there is nothing to take in.
 *
 * @throws SweepError `bad-call` when there are no results yet, `bad-record` when the database cannot be used or the results
 *   are of another version
 */
export function openUpToDate(paths: ResultsPaths, listener: UpToDateListener): SweepDatabase {
  checkResultsFormat(paths);
  const db = openIfUsable(paths);
  if (db !== null && isUpToDate(db, paths)) return db;
  db?.close();
  takeInNews(paths, listener);
  return openForReading(paths.database);
}

/** Null for a database that is to be made first, or brought to this version. */
function openIfUsable(paths: ResultsPaths): SweepDatabase | null {
  try {
    return openForReading(paths.database);
  } catch (error) {
    if (error instanceof SweepError && existsSync(paths.runsFolder)) return null;
    throw error;
  }
}

function isUpToDate(db: SweepDatabase, paths: ResultsPaths): boolean {
  const latest = latestCoordinator(paths);
  if (latest === null) return true;
  const { state, database } = latest;
  if (state.sight === 'lives' && database === paths.database) return true;
  return state.life === 'gone' && isDeepStrictEqual(readTakenIn(db), takenInUpTo(paths, latest));
}

function takeInNews(paths: ResultsPaths, { onProgress, onProblem }: UpToDateListener): void {
  try {
    const recorder = createRecorder(paths);
    try {
      recorder.ingestAll(onProgress);
    } finally {
      recorder.close();
    }
  } catch (error) {
    const isReadable = error instanceof SweepError && READABLE.includes(error.code);
    if (!isReadable || !existsSync(paths.database)) throw error;
    onProblem(error);
  }
}

/** A folder that cannot be written, or a database that another program holds, can still be read. */
const READABLE: readonly string[] = ['unavailable', 'busy'];

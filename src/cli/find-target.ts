import { SweepError } from '../core/errors.js';
import type { SweepDatabase } from '../core/store/database.js';
import { findRun, listRuns } from '../core/store/run-queries.js';
import type { RunRow } from '../core/store/run-row.js';
import { listSweeps } from '../core/store/sweep-queries.js';

/** What a user means by a word: a whole sweep, or one run. */
export interface Target {
  /** Name of the sweep; null when one run is meant. */
  readonly sweep: string | null;
  /** All runs of the sweep in its order, or the one run. */
  readonly runs: readonly RunRow[];
}

/**
 * The sweep with this name, else the run with this id, beginning of an id, or name.
 *
 * @throws SweepError `bad-call` when there is neither, or several runs fit
 */
export function findTarget(db: SweepDatabase, text: string): Target {
  const sweeps = listSweeps(db).map(({ name }) => name);
  if (sweeps.includes(text)) return { sweep: text, runs: listRuns(db, { sweep: text }) };
  try {
    return { sweep: null, runs: [findRun(db, text)] };
  } catch (error) {
    if (!(error instanceof SweepError) || !error.message.startsWith('there is no run')) throw error;
    const [diagnostic] = error.diagnostics;
    throw new SweepError('bad-call', {
      message: `there is no sweep and no run ${JSON.stringify(text)}`,
      fix: diagnostic?.fix ?? 'npx sweep ls lists all sweeps.',
    });
  }
}

import type { SweepDatabase } from '../core/store/database.js';
import { epochMetrics, type EpochRow } from '../core/store/metric-queries.js';
import { listRuns } from '../core/store/run-queries.js';
import type { RunRow } from '../core/store/run-row.js';
import { findSweep, type SweepRow } from '../core/store/sweep-queries.js';

/** A sweep as it is read, once, for everything that is said of it. */
export interface LoadedSweep {
  readonly sweep: SweepRow;
  /** In the order of the definition. */
  readonly runs: readonly RunRow[];
  /** Scores after each epoch of the runs that train, by the run's id. */
  readonly epochs: ReadonlyMap<string, readonly EpochRow[]>;
}

/** @throws SweepError `bad-call` when the sweep is unknown, with the closest names */
export function loadSweep(db: SweepDatabase, sweepName: string): LoadedSweep {
  const sweep = findSweep(db, sweepName);
  const runs = listRuns(db, { sweep: sweep.name });
  const trained = runs.filter((run) => run.kind === 'train');
  return { sweep, runs, epochs: new Map(trained.map(({ id }) => [id, epochMetrics(db, id)])) };
}

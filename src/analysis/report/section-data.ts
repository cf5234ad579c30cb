import type { SweepDatabase } from '../../core/store/database.js';
import { listRuns } from '../../core/store/run-queries.js';
import type { RunRow } from '../../core/store/run-row.js';
import { findSweep, type SweepRow } from '../../core/store/sweep-queries.js';
import { analyzeSweep } from '../analyze.js';
import type { SweepAnalysis } from '../sweep-analysis.js';

/** What the parts of a section draw on. */
export interface SectionData {
  readonly sweep: SweepRow;
  /** In the order of the definition. */
  readonly runs: readonly RunRow[];
  readonly analysis: SweepAnalysis;
}

/** @throws SweepError `bad-call` when the sweep is unknown, with the closest names */
export function loadSection(db: SweepDatabase, sweepName: string): SectionData {
  const sweep = findSweep(db, sweepName);
  return {
    sweep,
    runs: listRuns(db, { sweep: sweep.name }),
    analysis: analyzeSweep(db, sweep.name),
  };
}

import type { SweepDatabase } from '../../core/store/database.js';
import { analyzeLoaded } from '../analyze.js';
import { loadSweep, type LoadedSweep } from '../loaded-sweep.js';
import type { SweepAnalysis } from '../sweep-analysis.js';

/** What the parts of a section draw on. */
export interface SectionData extends LoadedSweep {
  readonly analysis: SweepAnalysis;
}

/** @throws SweepError `bad-call` when the sweep is unknown, with the closest names */
export function loadSection(db: SweepDatabase, sweepName: string): SectionData {
  const loaded = loadSweep(db, sweepName);
  return { ...loaded, analysis: analyzeLoaded(db, loaded) };
}

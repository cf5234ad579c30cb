import type { SweepDatabase } from '../../core/store/database.js';
import type { RunRow } from '../../core/store/run-row.js';
import type { RunStyle } from '../figures/palette.js';
import type { Report, ReportSection } from './report.js';
import { loadSection, type SectionData } from './section-data.js';
import { assignStyles, curveBlocks } from './sections/curves.js';
import { hyperparameterBlocks } from './sections/hyperparameters.js';
import { overviewBlocks } from './sections/overview.js';
import { provenanceBlocks } from './sections/provenance.js';
import { resultBlocks } from './sections/results.js';
import { sampleMeasureBlocks } from './sections/sample-measures.js';
import { sweptKeyBlocks } from './sections/swept-keys.js';
import { finalSampleBlocks, trainingSampleBlocks } from './sections/samples.js';

/**
 * The report of one or more sweeps, a section for each in the given order; a sweep that is named twice has one.
 *
 * **Determinism**: it depends on the database alone, not on when it is made.
 *
 * @throws SweepError `bad-call` when a sweep is unknown, with the closest names
 */
export function buildReport(db: SweepDatabase, sweepNames: readonly string[]): Report {
  return reportOn(db, loadSections(db, sweepNames));
}

/**
 * What the parts of a report draw on, for each sweep once.
 *
 * @throws SweepError `bad-call` when a sweep is unknown, with the closest names
 */
export function loadSections(db: SweepDatabase, sweepNames: readonly string[]): SectionData[] {
  return [...new Set(sweepNames)].map((name) => loadSection(db, name));
}

/** The report on sweeps that are loaded. */
export function reportOn(db: SweepDatabase, sections: readonly SectionData[]): Report {
  const styles = assignStyles(sections);
  return {
    title: `Report on ${sections.map((section) => section.sweep.name).join(', ')}`,
    sections: sections.map((section) => buildSection(db, section, styles)),
    runs: distinctRuns(sections),
  };
}

function distinctRuns(sections: readonly SectionData[]): RunRow[] {
  const runs = new Map<string, RunRow>();
  for (const run of sections.flatMap((section) => section.runs)) {
    if (!runs.has(run.id)) runs.set(run.id, run);
  }
  return [...runs.values()];
}

function buildSection(
  db: SweepDatabase,
  section: SectionData,
  styles: ReadonlyMap<string, RunStyle>,
): ReportSection {
  const { name, title } = section.sweep;
  return {
    sweep: name,
    title: title === null ? name : `${name}: ${title}`,
    blocks: [
      ...overviewBlocks(section),
      ...resultBlocks(section),
      ...sweptKeyBlocks(section),
      ...curveBlocks(section, styles),
      ...hyperparameterBlocks(section),
      ...sampleMeasureBlocks(section, styles),
      ...finalSampleBlocks(db, section),
      ...trainingSampleBlocks(db, section),
      ...provenanceBlocks(section),
    ],
  };
}

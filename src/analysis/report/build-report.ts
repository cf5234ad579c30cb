import type { SweepDatabase } from '../../core/store/database.js';
import { runsByIds } from '../../core/store/run-queries.js';
import type { RunRow } from '../../core/store/run-row.js';
import { compareAblations, type Ablation } from '../ablation/compare-ablation.js';
import { findFullRuns } from '../ablation/find-full-runs.js';
import type { RunStyle } from '../figures/palette.js';
import type { Report, ReportSection } from './report.js';
import { loadSection, type SectionData } from './section-data.js';
import { ablationBlocks } from './sections/ablation.js';
import { assignStyles, curveBlocks } from './sections/curves.js';
import { descriptionBlocks } from './sections/description.js';
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
  const pairs = findFullRuns(db, sections);
  const fullRuns = [...pairs.values()].flat().map(({ full }) => full);
  const styles = assignStyles(
    sections,
    fullRuns.map(({ id }) => id),
  );
  return {
    title: `Report on ${sections.map((section) => section.sweep.name).join(', ')}`,
    sections: sections.map((section) => {
      const ablations = compareAblations(db, pairs.get(section.sweep.name) ?? []);
      return buildSection(db, section, { styles, ablations });
    }),
    runs: distinctRuns([
      ...sections.flatMap((section) => section.runs),
      ...fullRuns,
      ...sampledRuns(db, sections),
    ]),
  };
}

/** Runs whose checkpoints are sampled: numbers of them are shown. */
function sampledRuns(db: SweepDatabase, sections: readonly SectionData[]): RunRow[] {
  const sources = sections.flatMap(({ analysis }) => analysis.runs.map(({ source }) => source?.id));
  return runsByIds(db, [...new Set(sources.filter((id) => id !== undefined))]);
}

function distinctRuns(all: readonly RunRow[]): RunRow[] {
  const runs = new Map<string, RunRow>();
  for (const run of all) {
    if (!runs.has(run.id)) runs.set(run.id, run);
  }
  return [...runs.values()];
}

/** What a section has from the report as a whole. */
interface FromReport {
  readonly styles: ReadonlyMap<string, RunStyle>;
  readonly ablations: readonly Ablation[];
}

function buildSection(
  db: SweepDatabase,
  section: SectionData,
  { styles, ablations }: FromReport,
): ReportSection {
  const { name, title } = section.sweep;
  const ablation = ablationBlocks(db, section, ablations, styles);
  // Of a sweep that is nothing but an ablation it is the answer; of others a part.
  const isAnswer = section.runs.every(
    (run) => run.kind === 'sample' || ablations.some((one) => isAblated(run, one)),
  );
  return {
    sweep: name,
    title: title === null ? name : `${name}: ${title}`,
    blocks: [
      ...descriptionBlocks(section),
      ...overviewBlocks(section),
      ...(isAnswer ? ablation : []),
      ...resultBlocks(section),
      ...sweptKeyBlocks(section),
      ...curveBlocks(section, styles),
      ...(isAnswer ? [] : ablation),
      ...hyperparameterBlocks(section),
      ...sampleMeasureBlocks(section, styles),
      ...finalSampleBlocks(db, section),
      ...trainingSampleBlocks(db, section),
      ...provenanceBlocks(section),
    ],
  };
}

function isAblated({ id }: RunRow, { pairs }: Ablation): boolean {
  return pairs.some(({ ablated }) => ablated.id === id);
}

import { pc } from '../colors.js';
import { analyzeSweep } from '../../analysis/analyze.js';
import type { SweepAnalysis } from '../../analysis/sweep-analysis.js';
import { plainText as inlineText, type RichText } from '../../analysis/report/inline.js';
import { pooledText } from '../../analysis/report/sections/pooled-text.js';
import { associationTable, powerLawTable } from '../../analysis/tables/association-table.js';
import { comparisonTable, diagnosisTable } from '../../analysis/tables/comparison-table.js';
import { effectTable, importanceTable } from '../../analysis/tables/effect-tables.js';
import { forestTable } from '../../analysis/tables/forest-table.js';
import { sampleTable } from '../../analysis/tables/sample-table.js';
import { correlationTable } from '../../analysis/tables/correlation-table.js';
import { replicateTable } from '../../analysis/tables/replicate-table.js';
import {
  bestScoresTable,
  finalScoresTable,
  samplingRunsTable,
} from '../../analysis/tables/score-tables.js';
import { tableTexts, type Table } from '../../analysis/tables/table.js';
import { giveWayToTraining } from '../give-way.js';
import { withStore } from '../open-store.js';
import { print, printJson } from '../output.js';
import { plainText } from '../plain-text.js';
import { withCommas } from '../counts.js';
import { formatTable } from '../table.js';
import type { ResultsOptions } from '../results.js';

export interface AnalyzeOptions extends ResultsOptions {
  /** The results folder. */
  readonly json?: boolean | undefined;
}

/**
 * `sweep analyze SWEEP`: scores, ranking and correlations of its runs.
 *
 * @throws SweepError `bad-call` when the sweep is unknown, with the closest names
 */
export function runAnalyze(sweep: string, options: AnalyzeOptions): Promise<void> {
  return Promise.resolve().then(() => {
    giveWayToTraining();
    const analysis = withStore(options, ({ db }) => analyzeSweep(db, sweep));
    if (options.json === true) printJson(analysis);
    else print(formatAnalysis(analysis));
  });
}

/** The analysis for the terminal; parts without a row are left out. */
export function formatAnalysis(analysis: SweepAnalysis): string {
  const parts = [
    headline(analysis),
    ...part(
      'Best checkpoints (NLL in nats per text, and per predicted character, padding included)',
      bestScoresTable(analysis),
    ),
    ...part(
      'Beside the best run (paired bootstrap over the test texts)',
      comparisonTable(analysis),
    ),
    ...part('How training went', diagnosisTable(analysis)),
    ...part(
      'After the last epoch (NLL in nats per text, and per predicted character, padding included)',
      finalScoresTable(analysis),
    ),
    ...part('Replicates (mean ± standard deviation)', replicateTable(analysis)),
    ...part(
      'Pearson r of validation NLL and top-1 over the epochs (interval: Fisher z)',
      correlationTable(analysis),
    ),
    ...paragraph(pooledText(analysis)),
    ...part('Between configurations (replicates count once)', associationTable(analysis)),
    ...part('Power laws', powerLawTable(analysis)),
    ...part('Swept keys (share of the variance between configurations)', importanceTable(analysis)),
    ...part('Main effects (mean at each value, Student interval)', effectTable(analysis)),
    ...(analysis.forest === null
      ? []
      : part('Permutation importance (R² that a forest loses)', forestTable(analysis.forest))),
    ...part('Final samples', sampleTable(analysis)),
    ...part('Sampling runs', samplingRunsTable(analysis)),
  ];
  const notes = [
    ...analysis.design.notes,
    ...analysis.notes.map(({ run, text }) => (run === null ? text : `${run}: ${text}`)),
    ...analysis.runs.flatMap(({ name, correlation }) =>
      (correlation?.cautions ?? []).map((text) => `${name}: ${text}`),
    ),
  ];
  if (notes.length > 0) {
    const lines = notes.map((note) => `- ${plainText(note)}`);
    parts.push([pc.bold('Notes'), ...lines].join('\n'));
  }
  return parts.join('\n\n');
}

function headline({ sweep, title, best, objective }: SweepAnalysis): string {
  const name = pc.bold(plainText(sweep));
  const lines = [title === null ? name : `${name}  ${plainText(title)}`];
  if (best !== null) {
    lines.push(`Best: ${plainText(best.name)} (${objective.goal} ${plainText(objective.metric)})`);
  }
  return lines.join('\n');
}

function paragraph(text: RichText | null): string[] {
  return text === null ? [] : [plainText(inlineText(text))];
}

function part(title: string, table: Table): string[] {
  if (table.rows.length === 0) return [];
  const rows = tableTexts(table).map((row) => row.map((text) => withCommas(plainText(text))));
  return [`${pc.underline(title)}\n${formatTable(table.columns, rows)}`];
}

import { computed } from '../../provenance.js';
import { associationTable, powerLawTable } from '../../tables/association-table.js';
import { comparisonTable, diagnosisTable } from '../../tables/comparison-table.js';
import { correlationTable } from '../../tables/correlation-table.js';
import { replicateTable } from '../../tables/replicate-table.js';
import { bestScoresTable, finalScoresTable, samplingRunsTable } from '../../tables/score-tables.js';
import type { Table } from '../../tables/table.js';
import { value } from '../inline.js';
import { namedTable } from '../named.js';
import type { SweepAnalysis } from '../../sweep-analysis.js';
import { remarkBlocks } from '../remarks.js';
import type { Block } from '../report.js';
import type { SectionData } from '../section-data.js';
import { pooledText } from './pooled-text.js';

/** The tables of scores and correlations; those without a row are left out. */
export function resultBlocks({ sweep, analysis }: SectionData): Block[] {
  const titled = partsOf(sweep.name);
  return [
    ...titled(
      'results',
      'Results',
      bestScoresTable(analysis),
      'Each run at its best checkpoint. NLL in nats per text; NLL/char is the same divided by the characters that are ' +
        'predicted of a text (one less than its tokens; padding counts, as it does in the NLL). Top-1 is the share of ' +
        'positions where the most probable character is the right one. Baselines only count characters of the same ' +
        'training texts (Witten-Bell smoothing): a model that is no better has learned nothing. Rank: by the ' +
        'objective. Test rank: the places by test NLL that the test texts leave open, by the paired bootstrap below.',
    ),
    ...titled(
      'comparison',
      'Beside the best run',
      comparisonTable(analysis),
      'Mean difference of the test NLL of each text, in nats, and its interval by a paired bootstrap over the test texts. ' +
        'An interval that contains 0: these texts cannot tell the run from the best one.',
    ),
    ...titled(
      'diagnosis',
      'How training went',
      diagnosisTable(analysis),
      'From the curves of training and validation NLL. Training NLL is with dropout, so that the gap (validation − ' +
        'training) may begin below 0.',
    ),
    ...titled(
      'final',
      'After the last epoch',
      finalScoresTable(analysis),
      'NLL in nats per text; NLL/char as above. Training scores are means over the epoch, with dropout; validation ' +
        'scores are after it, without.',
    ),
    ...titled(
      'replicates',
      'Replicates',
      replicateTable(analysis),
      'Runs that differ by the seed only: mean ± sample standard deviation at their best checkpoints, and Student’s ' +
        'interval of the mean of the NLL. Of two replicates it is wide: they do not tell much of a third.',
    ),
    ...titled(
      'correlation',
      'Correlation of NLL and top-1',
      correlationTable(analysis),
      'Pearson r between validation NLL and validation top-1 over the epochs of a run. The first interval (Fisher’s z ' +
        'transformation) takes the epochs for independent. They are not: “worth” is the number of independent epochs ' +
        'that say as much (Bartlett’s effective sample size), and the second interval is that of so many. p is ' +
        'corrected for the number of runs (Holm).',
    ),
    ...correlationRemarks(analysis),
    ...titled(
      'associations',
      'Between configurations',
      associationTable(analysis),
      'The objective against what differs between the configurations; replicates of one count as one point, by their ' +
        'mean. p is corrected for the number of rows (Holm).',
    ),
    ...titled(
      'power-laws',
      'Power laws',
      powerLawTable(analysis),
      'Least squares of log NLL on the log of the size. With an interval that contains 0 the runs show no law.',
    ),
    ...designRemarks(analysis),
    ...titled(
      'sampling-runs',
      'Sampling runs',
      samplingRunsTable(analysis),
      'These runs train nothing: they sample the best checkpoint of another run.',
    ),
  ];
}

/** A heading with a table below it; nothing for a table without a row. */
function partsOf(
  sweep: string,
): (name: string, title: string, table: Table, caption: string) => Block[] {
  return (name, title, table, caption) =>
    table.rows.length === 0
      ? []
      : [{ kind: 'heading', level: 1, text: title }, namedTable(sweep, name, [caption], table)];
}

/** The pooled correlation, and what the reader of each must know. */
function correlationRemarks(analysis: SweepAnalysis): Block[] {
  const pooled = pooledText(analysis);
  const cautions = analysis.runs.flatMap(({ id, name, correlation }) =>
    (correlation?.cautions ?? []).map((text) => ({
      label: name,
      text: [value(text, computed([id], 'Pearson r of val.nll and val.top1 over the epochs'))],
    })),
  );
  return [
    ...(pooled === null ? [] : [{ kind: 'text' as const, text: pooled }]),
    ...remarkBlocks(cautions, 'remarks on the correlation of single runs'),
  ];
}

/** What these runs cannot tell, however they end. */
function designRemarks({ design }: SweepAnalysis): Block[] {
  if (design.notes.length === 0) return [];
  return [{ kind: 'list', items: design.notes.map((text) => ({ label: null, text: [text] })) }];
}

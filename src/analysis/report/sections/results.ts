import { correlationTable } from '../../tables/correlation-table.js';
import { replicateTable } from '../../tables/replicate-table.js';
import { bestScoresTable, finalScoresTable, samplingRunsTable } from '../../tables/score-tables.js';
import type { Table } from '../../tables/table.js';
import type { Block } from '../report.js';
import type { SectionData } from '../section-data.js';

/** The tables of scores and correlations; those without a row are left out. */
export function resultBlocks({ analysis }: SectionData): Block[] {
  return [
    ...titled(
      'Results',
      bestScoresTable(analysis),
      'Each run at its best checkpoint. NLL in nats per text; top-1 is the share of positions where the most ' +
        'probable character is the right one.',
    ),
    ...titled(
      'After the last epoch',
      finalScoresTable(analysis),
      'NLL in nats per text. Training scores are means over the epoch, with dropout; validation scores are after it, ' +
        'without.',
    ),
    ...titled(
      'Replicates',
      replicateTable(analysis),
      'Runs that differ by the seed only: mean ± sample standard deviation at their best checkpoints.',
    ),
    ...titled(
      'Correlation of NLL and top-1',
      correlationTable(analysis),
      'Pearson r between validation NLL and validation top-1 over the epochs of a run. The interval is Fisher’s (z ' +
        'transformation); it takes the epochs for independent, which they are not, so it is rather too narrow.',
    ),
    ...titled(
      'Sampling runs',
      samplingRunsTable(analysis),
      'These runs train nothing: they sample the best checkpoint of another run.',
    ),
  ];
}

function titled(text: string, table: Table, caption: string): Block[] {
  if (table.rows.length === 0) return [];
  return [
    { kind: 'heading', level: 1, text },
    { kind: 'text', text: caption },
    { kind: 'table', table },
  ];
}

import { configurationTables } from '../../tables/configuration-tables.js';
import { namedTable } from '../named.js';
import type { Block } from '../report.js';
import type { SectionData } from '../section-data.js';

/** The resolved configuration of all runs: what differs, then what they share. */
export function hyperparameterBlocks({ sweep, runs }: SectionData): Block[] {
  if (runs.length === 0) return [];
  const { shared, differing } = configurationTables(runs);
  const blocks: Block[] = [
    { kind: 'heading', level: 1, text: 'Hyperparameters' },
    namedTable(sweep.name, 'hyperparameters', [], differing),
  ];
  if (shared.rows.length > 0) {
    const summary =
      runs.length === 1 ? 'Every field of the run' : `Shared by all ${runs.length} runs`;
    blocks.push({
      kind: 'details',
      summary,
      blocks: [namedTable(sweep.name, 'shared-hyperparameters', [], shared)],
    });
  }
  return blocks;
}

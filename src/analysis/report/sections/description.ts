import { definitionProse } from '../definition-prose.js';
import type { Block, ListBlock } from '../report.js';
import type { SectionData } from '../section-data.js';

/** What the definition says that the sweep is to find out. */
export function descriptionBlocks({ sweep }: Pick<SectionData, 'sweep'>): Block[] {
  const { description } = definitionProse(sweep.definitionText);
  return description.map((paragraph) => ({ kind: 'text', text: [paragraph] }));
}

/** What the definition notes on its runs. */
export function definitionNotes({ sweep }: Pick<SectionData, 'sweep'>): ListBlock['items'] {
  const { notes } = definitionProse(sweep.definitionText);
  return notes.map(({ run, text }) => ({ label: run, text: [`noted in the definition: ${text}`] }));
}

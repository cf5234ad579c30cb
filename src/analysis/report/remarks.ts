import type { Block, ListBlock } from './report.js';

/** More points than this are folded away: nobody reads them one after the other. */
const SHOWN = 24;
/** Points that a report has at most: of a thousand runs many say the same. */
const MOST = 200;

/**
 * Points about single runs; where there are many, they are folded away, and of very many the first are told.
 *
 * @param what what they are, in the plural, as in `412 remarks on single runs`
 */
export function remarkBlocks(items: ListBlock['items'], what: string): Block[] {
  if (items.length === 0) return [];
  if (items.length <= SHOWN) return [{ kind: 'list', items }];
  const left = items.length - MOST;
  const rest = left > 0 ? [{ label: null, text: [`and ${left} more`] }] : [];
  return [
    {
      kind: 'details',
      summary: `${items.length} ${what}`,
      blocks: [{ kind: 'list', items: [...items.slice(0, MOST), ...rest] }],
    },
  ];
}

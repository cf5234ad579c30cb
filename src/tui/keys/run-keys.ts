import type { Key } from 'ink';
import type { TableRow } from '../../core/store/dashboard-table-queries.js';
import type { KeyContext } from './key-context.js';
import { toggled } from './run-at-hand.js';

/** Keys of the run view: scrolling, stepping through the texts, marking. */
export function handleRun(input: string, key: Key, row: TableRow, context: KeyContext): void {
  const { current, change } = context;
  const { textsBack, marked } = current();
  if (row.runId === null) return;
  const moments = context.model.closeUp.run(row.runId)?.moments.length ?? 0;
  const lastBack = Math.max(0, moments - 1);
  if (scrollBy(key, input, context)) return;
  if (key.leftArrow || input === 'h') change({ textsBack: Math.min(lastBack, textsBack + 1) });
  else if (key.rightArrow || input === 'l')
    change({ textsBack: Math.max(0, Math.min(lastBack, textsBack) - 1) });
  else if (input === ' ') change({ marked: toggled(marked, row) });
}

/** Moves what is read up and down; returns whether the key did. */
export function scrollBy(key: Key, input: string, context: KeyContext): boolean {
  const { current, change, pageLines, mostScroll } = context;
  const { scroll } = current();
  const to = ((): number | null => {
    if (key.upArrow || input === 'k') return scroll - 1;
    if (key.downArrow || input === 'j') return scroll + 1;
    if (key.pageUp) return scroll - pageLines;
    if (key.pageDown) return scroll + pageLines;
    if (key.home) return 0;
    return key.end ? Infinity : null;
  })();
  if (to === null) return false;
  change({ scroll: Math.min(mostScroll(), Math.max(0, to)) });
  return true;
}

import type { Key } from 'ink';
import { nextGroup, nextSort } from '../ui-state.js';
import type { KeyContext } from './key-context.js';
import { recordedAtHand, rowUnderCursor, toggled } from './run-at-hand.js';

/** Keys of the table: moving, opening, sorting, grouping, filtering, marking. */
export function handleTable(input: string, key: Key, context: KeyContext): void {
  const { current, change, model, pageLines } = context;
  const ui = current();
  const last = Math.max(0, model.table(ui.request).count - 1);
  const move = (cursor: number): void => {
    change({ cursor: Math.min(last, Math.max(0, cursor)) });
  };
  const cursor = Math.min(ui.cursor, last);
  if (key.upArrow || input === 'k') move(cursor - 1);
  else if (key.downArrow || input === 'j') move(cursor + 1);
  else if (key.pageUp) move(cursor - pageLines);
  else if (key.pageDown) move(cursor + pageLines);
  else if (key.home) move(0);
  else if (key.end || input === 'G') move(last);
  else if (key.return) {
    const row = rowUnderCursor(context);
    if (row !== undefined) change({ view: { kind: 'run', row }, textsBack: 0, scroll: 0 });
  } else if (input === 's') change({ request: nextSort(ui.request), cursor: 0 });
  else if (input === 'S')
    change({ request: { ...ui.request, isReversed: !ui.request.isReversed }, cursor: 0 });
  else if (input === 'g') change({ request: nextGroup(ui.request, model.sweptKeys()), cursor: 0 });
  else if (input === '/') typeFilter(context);
  else if (input === ' ') {
    const row = recordedAtHand(context);
    if (row !== undefined)
      change({ marked: toggled(ui.marked, row), cursor: Math.min(last, cursor + 1) });
  }
}

function typeFilter({ current, change }: KeyContext): void {
  const before = current().request.filter;
  const filter = (text: string): void => {
    change({ request: { ...current().request, filter: text }, cursor: 0 });
  };
  change({
    typing: {
      label: 'filter ',
      text: before,
      onChange: filter,
      onEnter: filter,
      onEscape: () => {
        filter(before);
      },
    },
  });
}

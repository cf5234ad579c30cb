import type { RecordedRow } from '../../core/store/dashboard-table-queries.js';
import type { KeyContext } from './key-context.js';
import { plainText } from '../text/format.js';

/** `n` writes a note on the run at hand, `t` gives it tags; returns whether the key was one of them. */
export function annotate(
  input: string,
  row: RecordedRow | undefined,
  context: KeyContext,
): boolean {
  if (row === undefined) return false;
  if (input === 'n') typeNote(row, context);
  else if (input === 't') typeTags(row, context);
  else return false;
  return true;
}

function typeNote(row: RecordedRow, context: KeyContext): void {
  context.change({
    typing: {
      label: `note on ${plainText(row.name)} `,
      text: row.note ?? '',
      onEnter: (note) => {
        write(context, row, { note });
      },
    },
  });
}

/** All tags of the run are typed: those that are no longer there are taken away. */
function typeTags(row: RecordedRow, context: KeyContext): void {
  context.change({
    typing: {
      label: `tags of ${plainText(row.name)} `,
      text: row.tags.join(' '),
      onEnter: (text) => {
        const add = text.split(/[\s,]+/).filter((tag) => tag !== '');
        write(context, row, { add, remove: row.tags.filter((tag) => !add.includes(tag)) });
      },
    },
  });
}

function write(
  { actions, model, change }: KeyContext,
  { runId, name }: RecordedRow,
  annotation: Parameters<KeyContext['actions']['annotate']>[1],
): void {
  actions.annotate(runId, annotation);
  change({ message: `Written on ${plainText(name)}.` });
  model.poll();
}

import type { RecordedRow, TableRow } from '../../core/store/dashboard-table-queries.js';
import { plainText } from '../text/format.js';
import type { RunsAtHand } from './act-on-runs.js';
import type { KeyContext } from './key-context.js';

/** Null where there is none. */
export function runsAtHand(context: KeyContext): RunsAtHand | null {
  const { view, marked } = context.current();
  if (view.kind === 'runs' && marked.size > 0)
    return { runs: context.model.runsByIds([...marked.keys()]), areMarked: true };
  const row = recordedAtHand(context);
  return row === undefined ? null : { runs: [row], areMarked: false };
}

/** The run that a key acts on: the one that is open, else the one under the cursor. */
export function runAtHand(context: KeyContext): TableRow | undefined {
  const { view } = context.current();
  if (view.kind === 'run') return context.model.rowOfPlan(view.row.position);
  return view.kind === 'runs' ? rowUnderCursor(context) : undefined;
}

/** The same, unless it stands on a result which is not there yet. */
export function recordedAtHand(context: KeyContext): RecordedRow | undefined {
  const row = runAtHand(context);
  return row === undefined || row.runId === null ? undefined : row;
}

/** A run that stands on a result which is not there yet says so to keys that act on a run; returns whether it did. */
export function tellThatItWaits(input: string, context: KeyContext): boolean {
  const { view, marked } = context.current();
  const isMeant = 'nt '.includes(input) || view.kind === 'run' || marked.size === 0;
  if (!'xrcnt '.includes(input) || input === '' || !isMeant) return false;
  const row = runAtHand(context);
  if (row === undefined || row.runId !== null) return false;
  context.change({ message: `${plainText(row.name)} waits: ${plainText(row.waitingFor)}.` });
  return true;
}

/** Undefined when the table is empty. */
export function rowUnderCursor({ current, model }: KeyContext): TableRow | undefined {
  const { request, cursor } = current();
  const last = Math.max(0, model.table(request).count - 1);
  return model.rowAt(request, Math.min(cursor, last));
}

/** Marks a run, or takes its mark away. */
export function toggled(
  marked: ReadonlyMap<string, string>,
  row: RecordedRow,
): Map<string, string> {
  const next = new Map(marked);
  if (!next.delete(row.runId)) next.set(row.runId, row.name);
  return next;
}

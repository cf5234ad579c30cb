import type { TableGroup } from '../../core/store/dashboard-table-order.js';

/** A line of the table as it stands on the screen. */
export type Slot =
  | { readonly kind: 'group'; readonly group: TableGroup; readonly first: number }
  /** The run with this number in the order of the table, from 0. */
  | { readonly kind: 'run'; readonly index: number };

/** The lines of the table that are on the screen. */
export interface TableWindow {
  /** Number of the first line, group titles counted. */
  readonly top: number;
  readonly slots: readonly Slot[];
}

/**
 * The window of `height` lines that shows the run at `cursor` and moves as little as it can from where it was.
 *
 * @param groups sizes in the order of the table; none when it is not grouped
 * @param top first line of the window before
 */
export function tableWindow(
  groups: readonly TableGroup[],
  runs: number,
  cursor: number,
  top: number,
  height: number,
): TableWindow {
  if (height <= 0 || runs === 0) return { top: 0, slots: [] };
  const lines = runs + groups.length;
  const line = lineOf(groups, cursor);
  const lowest = Math.max(0, line - height + 1);
  // The title of the group stays in sight when its first run is under the cursor.
  const highest = isFirstOfGroup(groups, cursor) ? Math.max(0, line - 1) : line;
  const wanted = Math.min(Math.max(top, lowest), height > 1 ? highest : line);
  const start = Math.max(0, Math.min(wanted, lines - height));
  return { top: start, slots: slotsFrom(groups, runs, start, height) };
}

function lineOf(groups: readonly TableGroup[], index: number): number {
  let before = 0;
  for (const [titles, { runs }] of groups.entries()) {
    if (index < before + runs) return index + titles + 1;
    before += runs;
  }
  return index + groups.length;
}

function isFirstOfGroup(groups: readonly TableGroup[], index: number): boolean {
  let before = 0;
  for (const { runs } of groups) {
    if (index === before) return true;
    before += runs;
  }
  return false;
}

function slotsFrom(
  groups: readonly TableGroup[],
  runs: number,
  start: number,
  height: number,
): Slot[] {
  const slots: Slot[] = [];
  const end = start + height;
  if (groups.length === 0) {
    for (let index = start; index < Math.min(end, runs); index += 1) {
      slots.push({ kind: 'run', index });
    }
    return slots;
  }
  let line = 0;
  let first = 0;
  for (const group of groups) {
    if (line >= end) break;
    if (line >= start) slots.push({ kind: 'group', group, first });
    const from = Math.max(0, start - line - 1);
    const until = Math.min(group.runs, end - line - 1);
    for (let inside = from; inside < until; inside += 1) {
      slots.push({ kind: 'run', index: first + inside });
    }
    line += group.runs + 1;
    first += group.runs;
  }
  return slots;
}

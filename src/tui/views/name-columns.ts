import type { TableRow } from '../../core/store/dashboard-table-queries.js';
import { cellWidth } from '../text/cells.js';
import { formatChanges } from '../text/format.js';
import { keysOfNames, shortenedWords } from '../text/run-names.js';
import {
  type Column,
  nameColumn,
  shownName,
  shownValues,
  valuesColumn,
  variesColumn,
} from './run-columns.js';

/** Cells that names and changes take where nothing of them is cut; of names that are too long for `room`, their values. */
export function wholeWidth(
  rows: readonly TableRow[],
  { gap, room }: { readonly gap: number; readonly room: number },
): number {
  const widths = rows.map(widthsOf);
  const names = Math.max(4, ...widths.map(({ name }) => name));
  if (names > room && keysOfNames(rows.map(({ name }) => name)) !== null) return valuesWidth(rows);
  if (rows.every(isNamedByChanges)) return names;
  const changes = Math.max(0, ...widths.map((row) => row.changes));
  return changes === 0 ? names : names + gap + Math.max(VARIES_MIN, changes);
}

function valuesWidth(rows: readonly TableRow[]): number {
  return Math.max(...rows.map((row) => cellWidth(shownValues(row))));
}

/** Cells in which changes say anything. */
const VARIES_MIN = 10;

/** The name of a run, and what it varies where that is not in the name already. */
export function nameColumns(
  rows: readonly TableRow[],
  room: number,
  { gap, ellipsis }: { readonly gap: number; readonly ellipsis: string },
): Column[] {
  const widths = rows.map(widthsOf);
  const nameWidth = Math.max(4, ...widths.map(({ name }) => name));
  if (nameWidth > room) return [longNames(rows, room, ellipsis)];
  const name = nameColumn(nameWidth);
  const changes = Math.max(0, ...widths.map((row) => row.changes));
  const variesWidth = Math.min(Math.max(6, changes), room - nameWidth - gap);
  const isSaid = changes === 0 || rows.every(isNamedByChanges);
  return isSaid || variesWidth < Math.min(VARIES_MIN, changes)
    ? [name]
    : [name, variesColumn(variesWidth)];
}

/** Where names of a grid are too long, their values alone tell the runs apart; the title has the keys. */
function longNames(rows: readonly TableRow[], room: number, ellipsis: string): Column {
  const keys = keysOfNames(rows.map((row) => row.name));
  if (keys === null) return nameColumn(room);
  const width = Math.min(room, Math.max(valuesWidth(rows), cellWidth(keys.join(', '))));
  return valuesColumn(shortenedWords(keys, width, ellipsis), width);
}

interface RowWidths {
  readonly name: number;
  readonly changes: number;
}

/** A row that stays the same object is measured once. */
const measuredRows = new WeakMap<TableRow, RowWidths>();

function widthsOf(row: TableRow): RowWidths {
  const known = measuredRows.get(row);
  if (known !== undefined) return known;
  const widths = {
    name: cellWidth(shownName(row)),
    changes: cellWidth(formatChanges(row.changes)),
  };
  measuredRows.set(row, widths);
  return widths;
}

/** Whether a name is only the list of what the run varies, as a grid's are: `learningRate=0.001,seed=2`. */
function isNamedByChanges({ name, changes }: TableRow): boolean {
  const keys = Object.keys(changes).map(lastPart);
  return keys.length > 0 && keys.every((key) => name.includes(`${key}=`));
}

function lastPart(key: string): string {
  return key.slice(key.lastIndexOf('.') + 1);
}

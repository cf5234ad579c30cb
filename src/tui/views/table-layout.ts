import type { TableRow } from '../../core/store/dashboard-table-queries.js';
import { cellWidth, fit } from '../text/cells.js';
import { formatChanges, formatValue } from '../text/format.js';
import type { Span } from '../text/spans.js';
import type { Theme } from '../theme.js';
import {
  ATTEMPT,
  type Column,
  courseColumn,
  epochColumn,
  LEFT,
  nameColumn,
  NLL,
  PARAMETERS,
  progressColumn,
  type RowView,
  shownName,
  STATE_LETTER,
  STATE_WORD,
  TOP1,
  variesColumn,
} from './run-columns.js';

/** Columns for a width; `name` and `varies` share what the others leave. */
export interface TableLayout {
  readonly columns: readonly Column[];
  readonly gap: number;
  /** The same for layouts that are the same. */
  readonly key: string;
}

/** The pointer and the mark before the first column. */
const MARGIN = 3;
const NAME_MIN = 10;

/** Chooses columns for a width: the narrower the screen, the fewer of them. */
export function layOutTable(width: number, rows: readonly TableRow[]): TableLayout {
  const gap = width < 90 ? 1 : 2;
  const epochDigits = Math.max(1, ...rows.map(epochDigitsOf));
  const before: Column[] = [width < 76 ? STATE_LETTER : STATE_WORD];
  const after: Column[] = [
    ...(width >= 130 ? [PARAMETERS] : []),
    ...(width >= 100 && rows.some(wasTriedAgain) ? [ATTEMPT] : []),
    epochColumn(Math.max(5, 2 * epochDigits + 1)),
    ...(width >= 84 ? [courseColumn(width >= 150 ? 24 : width >= 110 ? 16 : 10)] : []),
    NLL,
    TOP1,
    ...(width >= 100 ? [progressColumn(width >= 150 ? 20 : 10)] : []),
    LEFT,
  ];
  const fixed = [...before, ...after];
  const taken = fixed.reduce((sum, column) => sum + column.width + gap, MARGIN);
  const room = Math.max(NAME_MIN, width - taken);
  const columns = [...before, ...nameColumns(rows, room, gap, width >= 76), ...after];
  return {
    gap,
    columns,
    key: columns.map(({ title, width: cells }) => `${title} ${cells}`).join(),
  };
}

function wasTriedAgain(row: TableRow): boolean {
  return row.runId !== null && row.attempts > 1;
}

function epochDigitsOf(row: TableRow): number {
  return row.runId === null ? 1 : `${row.maxEpochs ?? ''}`.length;
}

/** The name of a run, and what it varies where that is not in the name already. */
function nameColumns(
  rows: readonly TableRow[],
  room: number,
  gap: number,
  hasRoomForVaries: boolean,
): Column[] {
  const widths = rows.map(widthsOf);
  const names = Math.max(4, ...widths.map(({ name }) => name));
  if (rows.length > 0 && rows.every(isNamedByChanges)) {
    return names <= room ? [nameColumn(names)] : [valuesColumn(rows, room)];
  }
  const changes = Math.max(4, ...widths.map((row) => row.changes));
  const nameWidth = Math.min(names, room);
  const variesWidth = Math.min(changes, room - nameWidth - gap);
  const hasChanges = rows.some((row) => Object.keys(row.changes).length > 0);
  if (!hasRoomForVaries || !hasChanges || variesWidth < 10) return [nameColumn(nameWidth)];
  return [nameColumn(nameWidth), variesColumn(variesWidth)];
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

/** Where such names are too long, their values alone tell the runs apart; the title has the keys. */
function valuesColumn(rows: readonly TableRow[], room: number): Column {
  const values = (row: TableRow): string =>
    Object.values(row.changes)
      .map((value) => formatValue(value))
      .join(', ');
  const keys = Object.keys(rows[0]?.changes ?? {}).map(lastPart);
  const title = keys.join(', ');
  const widest = Math.max(cellWidth(title), ...rows.map((row) => cellWidth(values(row))));
  return {
    title,
    width: Math.min(room, widest),
    align: 'left',
    cell: ({ row }) => ({ text: values(row), bold: true }),
  };
}

function lastPart(key: string): string {
  return key.slice(key.lastIndexOf('.') + 1);
}

/** The line of titles. */
export function titleSpans({ columns, gap }: TableLayout, theme: Theme): Span[] {
  const cells = columns.map(({ title, width, align }) => fit(title, width, align, theme.ellipsis));
  return [{ text: ' '.repeat(MARGIN) + cells.join(' '.repeat(gap)), dim: true }];
}

/** The line of one run. */
export function rowSpans(view: RowView, { columns, gap }: TableLayout, theme: Theme): Span[] {
  const { isSelected, isMarked } = view;
  const pointer = `${isSelected ? theme.pointer : ' '}${isMarked ? theme.mark : ' '} `;
  const spans: Span[] = [
    { text: pointer, color: 'cyanBright', bold: isSelected, inverse: isSelected },
  ];
  for (const [index, column] of columns.entries()) {
    const span = column.cell(view, column.width, theme);
    const text = fit(span.text, column.width, column.align, theme.ellipsis);
    spans.push({ ...span, text, inverse: isSelected });
    if (index < columns.length - 1) spans.push({ text: ' '.repeat(gap), inverse: isSelected });
  }
  return spans;
}

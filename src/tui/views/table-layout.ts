import type { TableRow } from '../../core/store/dashboard-table-queries.js';
import { fit } from '../text/cells.js';
import type { Span } from '../text/spans.js';
import type { Theme } from '../theme.js';
import { nameColumns, wholeWidth } from './name-columns.js';
import {
  ATTEMPT,
  type Column,
  courseColumn,
  epochColumn,
  LEFT,
  NLL,
  PARAMETERS,
  progressColumn,
  type RowView,
  STATE_LETTER,
  STATE_WORD,
  TOP1,
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
/** Cells that a course and a bar need to say anything. */
const COURSE_MIN = 6;
const PROGRESS_MIN = 8;

/**
 * Chooses columns for a width: the narrower the screen, the fewer of them. A course and a bar are there from a width on
 * and where names and changes leave room for them; they become narrow before those are cut.
 */
export function layOutTable(
  width: number,
  rows: readonly TableRow[],
  { ellipsis }: Pick<Theme, 'ellipsis'>,
): TableLayout {
  const gap = width < 90 ? 1 : 2;
  const epochDigits = Math.max(1, ...rows.map(epochDigitsOf));
  const state = width < 76 ? STATE_LETTER : STATE_WORD;
  const fixed: Column[] = [
    state,
    ...(width >= 130 ? [PARAMETERS] : []),
    ...(width >= 100 && rows.some(wasTriedAgain) ? [ATTEMPT] : []),
    epochColumn(Math.max(5, 2 * epochDigits + 1)),
    NLL,
    TOP1,
    LEFT,
  ];
  const free = width - MARGIN - cellsOf(fixed, gap);
  const wished = [
    ...(width >= 84 ? [courseColumn(width >= 150 ? 24 : width >= 110 ? 16 : 10)] : []),
    ...(width >= 100 ? [progressColumn(width >= 150 ? 20 : 10)] : []),
  ];
  const narrow = [
    ...(width >= 84 ? [courseColumn(COURSE_MIN)] : []),
    ...(width >= 100 ? [progressColumn(PROGRESS_MIN)] : []),
  ];
  const needed = wholeWidth(rows, { gap, room: free - cellsOf(narrow, gap) });
  const isTight = needed > free - cellsOf(wished, gap);
  const pictures = isTight ? narrow : wished;
  const names = nameColumns(rows, Math.max(NAME_MIN, free - cellsOf(pictures, gap)), {
    gap,
    ellipsis,
  });
  const spare = free - cellsOf(pictures, gap) - cellsOf(names, gap) + gap;
  const course = pictures[0] ?? extra(courseColumn, COURSE_MIN, spare - gap);
  const left = pictures.length > 0 || course === null ? spare : spare - course.width - gap;
  const progress = pictures[1] ?? extra(progressColumn, PROGRESS_MIN, left - gap);
  const columns = inOrder(fixed, names, { state, course, progress });
  return {
    gap,
    columns,
    key: columns.map(({ title, width: cells }) => `${title} ${cells}`).join(),
  };
}

/** Most cells of a picture that stands in room which nothing else needs. */
const EXTRA_MOST = 10;

/** A picture in room that is left over; null where it is too little. */
function extra(column: (width: number) => Column, least: number, room: number): Column | null {
  return room >= least ? column(Math.min(EXTRA_MOST, room)) : null;
}

/** State and names first, then what is counted; the course before the scores, the bar behind them. */
function inOrder(
  fixed: readonly Column[],
  names: readonly Column[],
  {
    state,
    course,
    progress,
  }: Record<'state', Column> & Record<'course' | 'progress', Column | null>,
): Column[] {
  return fixed.flatMap((column) => {
    if (column === state) return [column, ...names];
    if (column === NLL && course !== null) return [course, column];
    if (column === LEFT && progress !== null) return [progress, column];
    return [column];
  });
}

/** Cells of columns, each with the gap before or behind it. */
function cellsOf(columns: readonly Column[], gap: number): number {
  return columns.reduce((sum, column) => sum + column.width + gap, 0);
}

function wasTriedAgain(row: TableRow): boolean {
  return row.runId !== null && row.attempts > 1;
}

function epochDigitsOf(row: TableRow): number {
  return row.runId === null ? 1 : `${row.maxEpochs ?? ''}`.length;
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

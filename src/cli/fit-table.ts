import { cellWidth, clipMiddle } from '../tui/text/cells.js';
import { keysOfNames, shortenedWords, valuesOfName } from '../tui/text/run-names.js';
import type { TerminalColumn } from './table.js';

/** A column that a narrow terminal may do without. */
export interface FittingColumn extends TerminalColumn {
  /** In which order columns go, 1 first; one without a number stays. */
  readonly goes?: number;
}

/** A table in the width of a terminal. */
export interface FittedTable {
  readonly columns: readonly TerminalColumn[];
  readonly rows: readonly (readonly string[])[];
  /** Titles of the columns that had no room. */
  readonly left: readonly string[];
}

const GAP = 2;
const ELLIPSIS = '…';
/** Cells in which a name still says something. */
const LEAST_NAME = 8;
/** Cells in which the keys of most grids can be told. */
const LEAST_TITLE = 24;

/**
 * Makes a table of runs as narrow as a terminal: of long names of a grid the values stay, then columns go in their order,
 * and last the names, which are the first column, lose their middle.
 *
 * @param width cells; null where lines may be of any length, as in a file
 */
export function fitTable(
  columns: readonly FittingColumn[],
  rows: readonly (readonly string[])[],
  width: number | null,
): FittedTable {
  const widths = columns.map((column, index) =>
    Math.max(cellWidth(column.title), ...rows.map((row) => cellWidth(row[index] ?? ''))),
  );
  const tooMuch = (kept: readonly number[]): number =>
    kept.reduce((sum, index) => sum + (widths[index] ?? 0) + GAP, -GAP) - (width ?? Infinity);
  const all = columns.map((_, index) => index);
  if (tooMuch(all) <= 0) return { columns, rows, left: [] };

  const [first, ...others] = columns;
  if (first === undefined) return { columns, rows, left: [] };
  const { title, names } = withoutKeys(
    first.title,
    rows.map(([name = '']) => name),
  );
  const titleWidth = cellWidth(title);
  widths[0] = Math.max(Math.min(LEAST_TITLE, titleWidth), ...names.map((name) => cellWidth(name)));
  let kept = all;
  while (tooMuch(kept) > 0) {
    const next = firstToGo(kept, columns);
    if (next === null) break;
    kept = kept.filter((index) => index !== next);
  }
  const room = Math.max(
    LEAST_NAME,
    Math.min(Math.max(titleWidth, widths[0]), widths[0] - tooMuch(kept)),
  );
  const shownTitle = shortenedWords(title.split(', '), room, ELLIPSIS);
  return {
    columns: [{ ...first, title: shownTitle }, ...others].filter((_, index) =>
      kept.includes(index),
    ),
    rows: rows.map((row, at) =>
      [clipMiddle(names[at] ?? '', room, ELLIPSIS), ...row.slice(1)].filter((_, index) =>
        kept.includes(index),
      ),
    ),
    left: columns.filter((_, index) => !kept.includes(index)).map((column) => column.title),
  };
}

/** Of names that a grid has made, such as `learningRate=0.01,heads=2`, the values, under their keys. */
function withoutKeys(
  title: string,
  names: readonly string[],
): { readonly title: string; readonly names: readonly string[] } {
  const keys = keysOfNames(names);
  return keys === null
    ? { title, names }
    : { title: keys.join(', '), names: names.map(valuesOfName) };
}

function firstToGo(kept: readonly number[], columns: readonly FittingColumn[]): number | null {
  const order = (index: number): number => columns[index]?.goes ?? Infinity;
  const next = [...kept].sort((a, b) => order(a) - order(b))[0];
  return next === undefined || order(next) === Infinity ? null : next;
}

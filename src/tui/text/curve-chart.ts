import type { Theme } from './theme.js';
import { fit } from './cells.js';
import type { Color, Span } from './spans.js';

/** One curve of a chart. */
export interface Curve {
  /** By rising x. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
  readonly color: Color;
  /** Drawn with gaps: what a colour says must be seen without it too. */
  readonly isDotted?: boolean;
  /** Signs the end of the curve. */
  readonly letter?: string;
  /** Sign of a cell in plain ASCII. */
  readonly sign?: string;
}

/** A chart of given size. */
export interface ChartRequest {
  readonly curves: readonly Curve[];
  readonly width: number;
  /** Lines, the x axis with its numbers included: at least 4. */
  readonly height: number;
  readonly formatY: (value: number) => string;
  /** What x counts, before its first number where there is room: such as `epoch`. */
  readonly xLabel: string;
  /** x that is marked on the axis, such as the best epoch. */
  readonly markX?: number | null;
}

/** Lines below the curves: the axis and its numbers. */
const AXIS_LINES = 2;

/** Curves with axes; in braille, eight dots to a cell, or one sign to a cell in plain ASCII. */
export function curveChart(request: ChartRequest, theme: Theme): Span[][] {
  const { curves, width, height, formatY } = request;
  const ranges = rangesOf(curves);
  const rows = Math.max(1, height - AXIS_LINES);
  const numbers = axisNumbers(ranges, rows, formatY);
  const labelWidth = Math.max(...numbers.map((text) => text.length));
  const columns = Math.max(1, width - labelWidth - 2);
  const canvas = theme.isUnicode ? new BrailleCanvas(columns, rows) : new SignCanvas(columns, rows);
  for (const curve of curves) drawCurve(curve, canvas, ranges);
  for (const curve of curves) signEnd(curve, canvas, ranges);
  const axis = theme.isUnicode ? '│' : '|';
  const lines = canvas
    .lines()
    .map((spans, row): Span[] => [
      { text: `${(numbers[row] ?? '').padStart(labelWidth)} ${axis}`, dim: true },
      ...spans,
    ]);
  return [...lines, ...xAxis(request, ranges, labelWidth, columns, theme)];
}

interface Ranges {
  readonly x: readonly [low: number, high: number];
  readonly y: readonly [low: number, high: number];
}

function rangesOf(curves: readonly Curve[]): Ranges {
  let [lowX, highX, lowY, highY] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { points } of curves) {
    for (const { x, y } of points) {
      if (!Number.isFinite(y)) continue;
      lowX = Math.min(lowX, x);
      highX = Math.max(highX, x);
      lowY = Math.min(lowY, y);
      highY = Math.max(highY, y);
    }
  }
  if (lowX > highX) return { x: [0, 1], y: [0, 1] };
  // A flat curve lies in the middle.
  const margin = lowY === highY ? Math.max(Math.abs(lowY) * 0.01, 1e-6) : 0;
  return { x: [lowX, Math.max(highX, lowX + 1)], y: [lowY - margin, highY + margin] };
}

/** A number for every third row and for the last one. */
function axisNumbers(
  { y: [low, high] }: Ranges,
  rows: number,
  format: (y: number) => string,
): string[] {
  return Array.from({ length: rows }, (_, row) => {
    const isNumbered = row === rows - 1 || (row % 3 === 0 && row < rows - 2);
    const share = rows === 1 ? 1 : row / (rows - 1);
    return isNumbered ? format(high - share * (high - low)) : '';
  });
}

/** What curves are drawn on: dots counted from the upper left. */
interface Canvas {
  readonly dotColumns: number;
  readonly dotRows: number;
  set(column: number, row: number, curve: Curve): void;
  letter(column: number, row: number, curve: Curve): void;
  lines(): Span[][];
}

function drawCurve(curve: Curve, canvas: Canvas, ranges: Ranges): void {
  const dots = curve.points
    .filter(({ y }) => Number.isFinite(y))
    .map((point) => dotOf(point, canvas, ranges));
  let drawn = 0;
  for (const [index, [column, row]] of dots.entries()) {
    const [fromColumn, fromRow] = dots[index - 1] ?? [column, row];
    const steps = Math.max(1, Math.abs(column - fromColumn), Math.abs(row - fromRow));
    for (let step = index === 0 ? steps : 1; step <= steps; step += 1) {
      drawn += 1;
      if (curve.isDotted === true && drawn % 4 >= 2) continue;
      const share = step / steps;
      const at = (from: number, to: number): number => Math.round(from + share * (to - from));
      canvas.set(at(fromColumn, column), at(fromRow, row), curve);
    }
  }
}

function signEnd(curve: Curve, canvas: Canvas, ranges: Ranges): void {
  const last = curve.points.findLast(({ y }) => Number.isFinite(y));
  if (curve.letter === undefined || last === undefined) return;
  const [column, row] = dotOf(last, canvas, ranges);
  canvas.letter(column, row, curve);
}

function dotOf(
  { x, y }: { readonly x: number; readonly y: number },
  { dotColumns, dotRows }: Canvas,
  { x: [lowX, highX], y: [lowY, highY] }: Ranges,
): readonly [column: number, row: number] {
  return [
    Math.round(((x - lowX) / (highX - lowX)) * (dotColumns - 1)),
    Math.round(((highY - y) / (highY - lowY)) * (dotRows - 1)),
  ];
}

/** Bits of the eight dots of a braille sign, by row and column (Unicode, block U+2800). */
const BRAILLE_BITS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const;

class BrailleCanvas implements Canvas {
  readonly dotColumns: number;
  readonly dotRows: number;
  readonly #cells: Cell[][];

  constructor(columns: number, rows: number) {
    this.dotColumns = columns * 2;
    this.dotRows = rows * 4;
    this.#cells = emptyCells(columns, rows);
  }

  set(column: number, row: number, { color }: Curve): void {
    const cell = this.#cells[row >> 2]?.[column >> 1];
    if (cell === undefined) return;
    cell.bits |= BRAILLE_BITS[row & 3]?.[column & 1] ?? 0;
    cell.color = color;
  }

  letter(column: number, row: number, { letter, color }: Curve): void {
    const cell = this.#cells[row >> 2]?.[column >> 1];
    if (cell === undefined) return;
    cell.letter = letter;
    cell.color = color;
  }

  lines(): Span[][] {
    const textOf = ({ letter, bits }: Cell): string =>
      letter ?? (bits === 0 ? ' ' : String.fromCodePoint(0x2800 + bits));
    return this.#cells.map((row) => joinCells(row, textOf));
  }
}

class SignCanvas implements Canvas {
  readonly dotColumns: number;
  readonly dotRows: number;
  readonly #cells: Cell[][];

  constructor(columns: number, rows: number) {
    this.dotColumns = columns;
    this.dotRows = rows;
    this.#cells = emptyCells(columns, rows);
  }

  set(column: number, row: number, { color, sign, letter }: Curve): void {
    const cell = this.#cells[row]?.[column];
    if (cell === undefined) return;
    cell.letter = sign ?? letter ?? '*';
    cell.color = color;
  }

  letter(column: number, row: number, curve: Curve): void {
    this.set(column, row, {
      ...curve,
      ...(curve.letter === undefined ? {} : { sign: curve.letter }),
    });
  }

  lines(): Span[][] {
    return this.#cells.map((row) => joinCells(row, ({ letter }) => letter ?? ' '));
  }
}

interface Cell {
  bits: number;
  letter: string | undefined;
  color: Color | undefined;
}

function emptyCells(columns: number, rows: number): Cell[][] {
  return Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => ({ bits: 0, letter: undefined, color: undefined })),
  );
}

/** Cells of the same colour become one span. */
function joinCells(cells: readonly Cell[], textOf: (cell: Cell) => string): Span[] {
  const spans: { text: string; color: Color | undefined }[] = [];
  for (const cell of cells) {
    const last = spans.at(-1);
    const text = textOf(cell);
    if (last !== undefined && (last.color === cell.color || text === ' ')) last.text += text;
    else spans.push({ text, color: cell.color });
  }
  return spans;
}

function xAxis(
  { markX, xLabel }: ChartRequest,
  { x: [low, high] }: Ranges,
  labelWidth: number,
  columns: number,
  theme: Theme,
): Span[][] {
  const margin = ' '.repeat(labelWidth + 1);
  const isMarked = markX !== undefined && markX !== null && markX >= low && markX <= high;
  const mark = isMarked ? Math.round(((markX - low) / (high - low)) * (columns - 1)) : -1;
  const corner = theme.isUnicode ? '└' : '+';
  const sign = theme.isUnicode ? '▲' : '^';
  const axis: Span[] = isMarked
    ? [
        { text: margin + corner + theme.rule.repeat(mark), dim: true },
        { text: sign, color: 'yellow', bold: true },
        { text: theme.rule.repeat(columns - mark - 1), dim: true },
      ]
    : [{ text: margin + corner + theme.rule.repeat(columns), dim: true }];
  const middle = isMarked ? `best ${markX}` : '';
  // The last number is said once.
  const last = isMarked && markX === high ? '' : `${high}`;
  // The number that is marked comes before the word.
  const needed = last.length + (middle === '' ? 1 : middle.length + 2);
  const labelled = `${xLabel} ${low}`;
  const first = labelled.length + needed <= columns ? labelled : `${low}`;
  const start = Math.min(
    Math.max(first.length + 1, mark - Math.floor(middle.length / 2)),
    columns - middle.length - (last === '' ? 0 : last.length + 1),
  );
  const hasRoom = middle !== '' && start > first.length;
  const between = hasRoom ? ' '.repeat(start - first.length) : ' ';
  const shown = hasRoom ? middle : '';
  const rest = columns - first.length - between.length - shown.length;
  const numbers: Span[] = [
    { text: `${margin} ${first}${between}`, dim: true },
    { text: shown, color: 'yellow' },
    { text: fit(last, Math.max(0, rest), 'right'), dim: true },
  ];
  return [axis, numbers];
}

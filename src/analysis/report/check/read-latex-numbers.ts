import { CELL_COMMENT, createNumberList, type WrittenNumber } from './written-number.js';

/** A number in running text, the comment behind which ends its line: `98.13% test.nll of run 65decb3bf032, event 41`. */
const INLINE = /(\S+)% (.+ of (?:run|\d+ runs:?) .+)$/;
/** What the first row of a table follows; in a long one the head is told twice. */
const BEFORE_ROWS = /^\\(?:midrule|endfoot)$/;

/** Every number of a report in LaTeX that names its source, in the order of the file. */
export function readLatexNumbers(latex: string): readonly WrittenNumber[] {
  const lines = latex.split('\n');
  const { numbers, add } = createNumberList();
  let firstRow = 0;
  let tableName = '';
  for (const [index, line] of lines.entries()) {
    if (BEFORE_ROWS.test(line)) firstRow = index + 1;
    tableName = /^% table ([a-z0-9-]+)$/.exec(line)?.[1] ?? tableName;
    const [, row, column, cellSource] = CELL_COMMENT.exec(line) ?? [];
    if (cellSource !== undefined) {
      const at = firstRow + Number(row) - 1;
      const shown = cellsOf(lines[at] ?? '')[Number(column) - 1] ?? '';
      add(at + 1, shown, `${cellSource}, table ${tableName}, column ${column ?? ''}`);
      continue;
    }
    const [, shown, source] = INLINE.exec(line) ?? [];
    if (source !== undefined) add(index + 1, shown ?? '', source);
  }
  return numbers;
}

/** An ampersand of a text is `\&`. */
function cellsOf(row: string): string[] {
  return row
    .replace(/ \\\\$/, '')
    .split(/(?<!\\) & /)
    .map((cell) => cell.trim());
}

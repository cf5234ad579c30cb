import { CELL_COMMENT, createNumberList, type WrittenNumber } from './written-number.js';

/** A number in running text, in which thousands may be apart: `98.13<!-- test.nll of run 65decb3bf032, event 41 -->`. */
const INLINE = /((?:[^\s<>|*()[\]]|\u202f)+)<!-- ([^\n]*? of (?:run|\d+ runs:?) [^\n]*?) -->/g;
/** Lines of a Markdown table before its first row: titles and rule. */
const HEAD_LINES = 2;

/** Every number of a report in Markdown that names its source, in the order of the file. */
export function readNumbers(markdown: string): readonly WrittenNumber[] {
  const lines = markdown.split('\n');
  const { numbers, add } = createNumberList();
  let tableStart = -1;
  let tableName = '';
  for (const [index, line] of lines.entries()) {
    if (line.startsWith('| ') && !(lines[index - 1] ?? '').startsWith('| ')) tableStart = index;
    tableName = /^<!-- table ([a-z0-9-]+)/.exec(line)?.[1] ?? tableName;
    const cell = CELL_COMMENT.exec(line);
    if (cell !== null) {
      const [, row, column, source] = cell;
      const at = tableStart + HEAD_LINES + Number(row) - 1;
      const shown = cellsOf(lines[at] ?? '')[Number(column) - 1] ?? '';
      add(at + 1, shown, `${source ?? ''}, table ${tableName}, column ${column ?? ''}`);
      continue;
    }
    for (const [, shown, source] of line.matchAll(INLINE))
      add(index + 1, shown ?? '', source ?? '');
  }
  return numbers;
}

/** The cells of a line of a table; a bar that is text is escaped. */
function cellsOf(line: string): string[] {
  return line
    .replace(/^\| | \|$/g, '')
    .split(/(?<!\\) \| /)
    .map((cell) => cell.trim());
}

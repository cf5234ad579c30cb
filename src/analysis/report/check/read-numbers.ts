/** A number of a written report.md with what its comment says of where it comes from. */
export interface WrittenNumber {
  /** From 1. */
  readonly line: number;
  /** As it stands in the file. */
  readonly shown: string;
  /** Tells it from all other numbers: where it comes from, its table and column, and how often that occurred before. */
  readonly key: string;
}

/** A number in running text, in which thousands may be apart: `98.13<!-- test.nll of run 65decb3bf032, event 41 -->`. */
const INLINE = /((?:[^\s<>|*()[\]]|\u202f)+)<!-- ([^\n]*? of (?:run|\d+ runs:?) [^\n]*?) -->/g;
/** One line of the comment after a table: `row 1, column 2: 98.125 = test.nll of run …`. */
const CELL = /^row (\d+), column (\d+): .* = (.*?)(?: -->)?$/;
/** Lines of a Markdown table before its first row: titles and rule. */
const HEAD_LINES = 2;

/** Every number of a report in Markdown that names its source, in the order of the file. */
export function readNumbers(markdown: string): WrittenNumber[] {
  const lines = markdown.split('\n');
  const numbers: WrittenNumber[] = [];
  const seen = new Map<string, number>();
  const add = (line: number, shown: string, source: string): void => {
    const count = seen.get(source) ?? 0;
    seen.set(source, count + 1);
    numbers.push({ line, shown, key: count === 0 ? source : `${source} (${count + 1})` });
  };
  let tableStart = -1;
  let tableName = '';
  for (const [index, line] of lines.entries()) {
    if (line.startsWith('| ') && !(lines[index - 1] ?? '').startsWith('| ')) tableStart = index;
    tableName = /^<!-- table ([a-z0-9-]+)/.exec(line)?.[1] ?? tableName;
    const cell = CELL.exec(line);
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

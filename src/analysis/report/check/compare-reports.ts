import { CELL_COMMENT, type WrittenNumber } from './written-number.js';

/** Something that a written report says differently from the database. */
export interface ReportDifference {
  /** Line of the written file, from 1; null for what it does not have, and in data. */
  readonly line: number | null;
  /** Where the value comes from; null for a line as a whole. */
  readonly source: string | null;
  /** Null for what the report does not have. */
  readonly report: string | null;
  /** Null for what the database does not have. */
  readonly database: string | null;
}

/**
 * What a written report says differently from one that was just made from the database.
 *
 * Numbers are compared one by one, by their source. Then every line of the written report that has a digit must be a
 * line of the new one: no number can stand in a note, a label or a sampled text that the database does not give.
 */
export function compareReports(
  written: string,
  rebuilt: string,
  readNumbers: (text: string) => readonly WrittenNumber[],
): ReportDifference[] {
  if (written === rebuilt) return [];
  const numbers = compareNumbers(readNumbers(written), readNumbers(rebuilt));
  const told = new Set(numbers.map(({ line }) => line));
  const rebuiltLines = rebuilt.split('\n');
  const known = new Set(rebuiltLines);
  const writtenLines = written.split('\n');
  const isSameLength = writtenLines.length === rebuiltLines.length;
  const lines = writtenLines.flatMap((text, index): ReportDifference[] => {
    const line = index + 1;
    if (known.has(text) || told.has(line) || !/\d/.test(text)) return [];
    // Lines of the comment after a table repeat its cells.
    if (CELL_COMMENT.test(text) && numbers.length > 0) return [];
    return [{ line, ...lineDifference(text, rebuiltLines[index], isSameLength) }];
  });
  return [...numbers, ...lines].toSorted((a, b) => (a.line ?? Infinity) - (b.line ?? Infinity));
}

/** A line of data in a page, which can be a million characters long: where it differs is told, not all of it. */
const DATA_LINE = '<script type="application/json"';
/** Characters told around the place. */
const AROUND = 40;

function lineDifference(
  text: string,
  other: string | undefined,
  isSameLength: boolean,
): Omit<ReportDifference, 'line'> {
  if (!text.startsWith(DATA_LINE) || other === undefined || !isSameLength)
    return { source: null, report: text, database: null };
  let at = 0;
  while (text[at] === other[at]) at += 1;
  const from = Math.max(0, at - AROUND);
  const around = (line: string): string => line.slice(from, at + AROUND);
  return {
    source: `data of the page, character ${at + 1} of the line`,
    report: around(text),
    database: around(other),
  };
}

function compareNumbers(
  written: readonly WrittenNumber[],
  rebuilt: readonly WrittenNumber[],
): ReportDifference[] {
  const wanted = new Map(rebuilt.map(({ key, shown }) => [key, shown]));
  const differing = written.flatMap(({ key, line, shown }): ReportDifference[] => {
    const database = wanted.get(key) ?? null;
    wanted.delete(key);
    return shown === database ? [] : [{ line, source: key, report: shown, database }];
  });
  const missing = [...wanted].map(([source, database]) => ({
    line: null,
    source,
    report: null,
    database,
  }));
  return [...differing, ...missing];
}

import { readNumbers, type WrittenNumber } from './read-numbers.js';

/** Something that a written report says differently from the database. */
export interface ReportDifference {
  /** Line of the written report, from 1; null for what it does not have. */
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
export function compareReports(written: string, rebuilt: string): ReportDifference[] {
  if (written === rebuilt) return [];
  const numbers = compareNumbers(readNumbers(written), readNumbers(rebuilt));
  const told = new Set(numbers.map(({ line }) => line));
  const known = new Set(rebuilt.split('\n'));
  const lines = written.split('\n').flatMap((text, index): ReportDifference[] => {
    const line = index + 1;
    if (known.has(text) || told.has(line) || !/\d/.test(text)) return [];
    // Lines of the comment after a table repeat its cells.
    if (/^row \d+, column \d+: /.test(text) && numbers.length > 0) return [];
    return [{ line, source: null, report: text, database: null }];
  });
  return [...numbers, ...lines].toSorted((a, b) => (a.line ?? Infinity) - (b.line ?? Infinity));
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

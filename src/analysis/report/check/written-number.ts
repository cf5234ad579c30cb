/** A number of a written report with what it says of where it comes from. */
export interface WrittenNumber {
  /** From 1. */
  readonly line: number;
  /** As it stands in the file. */
  readonly shown: string;
  /** Tells it from all other numbers: where it comes from, its table and column, and how often that occurred before. */
  readonly key: string;
}

/** Numbers in the order of a file; those of one source are counted. */
export function createNumberList(): {
  readonly numbers: readonly WrittenNumber[];
  readonly add: (line: number, shown: string, source: string) => void;
} {
  const numbers: WrittenNumber[] = [];
  const seen = new Map<string, number>();
  return {
    numbers,
    add(line, shown, source) {
      const count = (seen.get(source) ?? 0) + 1;
      seen.set(source, count);
      numbers.push({ line, shown, key: count === 1 ? source : `${source} (${count})` });
    },
  };
}

/** One line of the comment after a table: `row 1, column 2: 98.125 = test.nll of run …`. */
export const CELL_COMMENT = /^(?:% )?row (\d+), column (\d+): .* = (.*?)(?: -->)?$/;

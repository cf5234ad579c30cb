import type { DataWarning, SplitTexts } from './dataset.js';

/** How far a slow step is; `message` stays the same during one step. */
export interface DataProgress {
  /** What is being done: `downloading squad/default/train/0000.parquet`. */
  readonly message: string;
  /** Bytes. */
  readonly done: number;
  /** Bytes; null if the server does not say. */
  readonly total: number | null;
}

/** What a source hands over: texts as they are stored, before cleaning. */
export interface SourceTexts {
  readonly texts: SplitTexts;
  readonly warnings: readonly DataWarning[];
}

/** The texts of one row of a table: one for each field, in the order of the fields. */
export type Row = readonly string[];

/** Rows of one file, with what was left out of them. */
export interface SourceRows {
  readonly rows: readonly Row[];
  readonly warnings: readonly DataWarning[];
}

/** A warning if there is something to warn of. */
export function warnIf(count: number, message: string, where: string): DataWarning[] {
  return count === 0 ? [] : [{ message, count, where }];
}

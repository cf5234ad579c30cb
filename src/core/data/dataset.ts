import { createHash } from 'node:crypto';
import { canonicalize } from 'json-canonicalize';

/** The three parts of a data set; `val` is the validation split. */
export const SPLITS = ['train', 'val', 'test'] as const;
export type Split = (typeof SPLITS)[number];

/** Texts of each split, in a fixed order. */
export type SplitTexts = Readonly<Record<Split, readonly string[]>>;

/** Something in the data that was left out or repaired, with how often. */
export interface DataWarning {
  /** As a sentence that follows the count: `texts were empty after cleaning and were left out`. */
  readonly message: string;
  readonly count: number;
  /** File or split where it was seen. */
  readonly where: string;
}

/** Cleaned texts, ready to be tokenised. */
export interface Dataset {
  readonly texts: SplitTexts;
  /** SHA-256 (hex) of the cleaned texts of all splits: see {@link fingerprintTexts}. */
  readonly fingerprint: string;
  readonly warnings: readonly DataWarning[];
}

/** SHA-256 (hex) over the canonical JSON of the texts by split. The order of the texts counts. */
export function fingerprintTexts(texts: SplitTexts): string {
  return createHash('sha256').update(canonicalize(texts)).digest('hex');
}

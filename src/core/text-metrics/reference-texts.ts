import type { SplitTexts } from '../data/dataset.js';
import { decodeTokens, encodeText } from '../data/vocabulary.js';
import { countTrigrams, type TrigramCounts } from './trigrams.js';

/** What sampled texts are compared with, made once from the texts of a run. */
export interface ReferenceTexts {
  /** Words of the training texts, as a model sees them: cut to its length. */
  readonly words: ReadonlySet<string>;
  /** The training texts, as a model sees them. */
  readonly texts: ReadonlySet<string>;
  /** Character trigrams of the test texts. */
  readonly testTrigrams: TrigramCounts;
}

/** @param tokens length of a text with its start symbol */
export function createReferenceTexts(
  { train, test }: Pick<SplitTexts, 'train' | 'test'>,
  tokens: number,
): ReferenceTexts {
  const seen = (texts: readonly string[]): string[] =>
    texts.map((text) => decodeTokens(encodeText(text, tokens)).trim());
  const trained = seen(train);
  return {
    words: new Set(trained.flatMap(wordsOf)),
    texts: new Set(trained),
    testTrigrams: countTrigrams(seen(test)),
  };
}

/** The words of a text of letters and spaces. */
export function wordsOf(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}

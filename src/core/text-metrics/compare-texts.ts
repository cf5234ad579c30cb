import { type ReferenceTexts, wordsOf } from './reference-texts.js';
import { countTrigrams, jensenShannon } from './trigrams.js';

/** How sampled texts stand to the texts that their model was trained on and tested with. */
export interface TextComparison {
  /** Share of the sampled words that occur in the training texts; null when no word was sampled. */
  readonly knownWords: number | null;
  /** Share of the sampled texts that are a training text, character by character. */
  readonly copiedTexts: number;
  /** Jensen-Shannon divergence of character trigrams from those of the test texts, 0 to 1 bit. */
  readonly trigramDivergence: number;
}

/** @param texts at least one */
export function compareTexts(texts: readonly string[], reference: ReferenceTexts): TextComparison {
  const trimmed = texts.map((text) => text.trim());
  const words = trimmed.flatMap(wordsOf);
  const known = words.filter((word) => reference.words.has(word)).length;
  const copied = trimmed.filter((text) => text !== '' && reference.texts.has(text)).length;
  return {
    knownWords: words.length === 0 ? null : known / words.length,
    copiedTexts: copied / texts.length,
    trigramDivergence: jensenShannon(countTrigrams(trimmed), reference.testTrigrams),
  };
}

/** What sampled texts say by themselves. */
export interface TextMeasures {
  readonly texts: number;
  /** Mean number of characters of a text. */
  readonly length: number;
  /** Different words as a share of all words; null when there is none. */
  readonly distinct1: number | null;
  /** Different pairs of neighbouring words as a share of all pairs; null when there is none. */
  readonly distinct2: number | null;
  /** Mean over the texts of the share of words that the same text had before; null when there is no word. */
  readonly repetition: number | null;
}

/**
 * Length, diversity and repetition of texts. distinct-n: J. Li and others, A diversity-promoting objective function for
 * neural conversation models, NAACL 2016. Repetition is 1 − distinct words / words within a text, seq-rep-1 of
 * S. Welleck and others, Neural text generation with unlikelihood training, ICLR 2020.
 *
 * @param texts at least one
 */
export function measureTexts(texts: readonly string[]): TextMeasures {
  const words = texts.map((text) => text.split(' ').filter((word) => word !== ''));
  const repeated = words
    .filter((ofText) => ofText.length > 0)
    .map((ofText) => 1 - new Set(ofText).size / ofText.length);
  return {
    texts: texts.length,
    length: texts.reduce((sum, text) => sum + text.trim().length, 0) / texts.length,
    distinct1: shareOfDifferent(words.flat()),
    distinct2: shareOfDifferent(
      words.flatMap((ofText) =>
        ofText.slice(1).map((word, index) => `${ofText[index] ?? ''} ${word}`),
      ),
    ),
    repetition:
      repeated.length === 0
        ? null
        : repeated.reduce((sum, share) => sum + share, 0) / repeated.length,
  };
}

function shareOfDifferent(items: readonly string[]): number | null {
  return items.length === 0 ? null : new Set(items).size / items.length;
}

import type { EncodedSplit } from '../data/batches.js';
import { CLS, PAD, VOCABULARY_SIZE } from '../data/vocabulary.js';

/** Predicts each symbol of a text from those before it; a yardstick for trained models. */
export interface CharacterModel {
  readonly name: BaselineName;
  /** Probabilities of the symbol at `position` (from 1), given the symbols of `text` before it: [V]. Not to be changed. */
  distribution(text: Int32Array, position: number): Float64Array;
}

export const BASELINE_NAMES = ['unigram', 'position-unigram', '5-gram'] as const;
export type BaselineName = (typeof BASELINE_NAMES)[number];

/** Symbols that a 5-gram model sees before the one that it predicts. */
const CONTEXT = 4;

/**
 * Three models of counted characters, from knowing only how frequent each symbol is to knowing the four before it.
 *
 * All are smoothed by Witten and Bell's method, interpolated: P(c | h) = (N(h c) + T(h) P(c | h')) / (N(h) + T(h)) with
 * N counts, T(h) the number of different symbols seen after h, and h' the context without its first symbol; below the
 * empty context lies the uniform distribution (I. H. Witten and T. C. Bell, The zero-frequency problem, IEEE
 * Transactions on Information Theory 37, 1991; S. F. Chen and J. Goodman, An empirical study of smoothing techniques
 * for language modeling, 1998, section 2.5). It has no parameter to tune.
 *
 * Padding is predicted like any other symbol, as the trained models have to.
 */
export function createBaselines(train: EncodedSplit): CharacterModel[] {
  const counts = countContexts(train);
  const cached: Map<number, Float64Array>[] = counts.map(() => new Map<number, Float64Array>());
  const distributionOf = (key: number, length: number): Float64Array => {
    const known = cached[length]?.get(key);
    if (known !== undefined) return known;
    // The oldest symbol is the highest digit of the key.
    const shorter =
      length === 0 ? UNIFORM : distributionOf(key % VOCABULARY_SIZE ** (length - 1), length - 1);
    const seen = counts[length]?.get(key);
    const distribution = seen === undefined ? shorter : wittenBell(seen, shorter);
    cached[length]?.set(key, distribution);
    return distribution;
  };
  const unigram = distributionOf(0, 0);
  const byPosition = countPositions(train).map((seen) => wittenBell(seen, unigram));
  return [
    { name: 'unigram', distribution: () => unigram },
    {
      name: 'position-unigram',
      distribution: (_, position) => byPosition[position] ?? unigram,
    },
    {
      name: '5-gram',
      distribution: (text, position) =>
        distributionOf(contextKey(text, position, CONTEXT), CONTEXT),
    },
  ];
}

const UNIFORM = new Float64Array(VOCABULARY_SIZE).fill(1 / VOCABULARY_SIZE);

function wittenBell(counts: Uint32Array, shorter: Float64Array): Float64Array {
  let total = 0;
  let kinds = 0;
  for (const count of counts) {
    total += count;
    if (count > 0) kinds += 1;
  }
  return shorter.map((p, symbol) => ((counts[symbol] ?? 0) + kinds * p) / (total + kinds));
}

/** Counts of the symbols after each context of 0, 1, … {@link CONTEXT} symbols. */
function countContexts({ tokens, count, length }: EncodedSplit): Map<number, Uint32Array>[] {
  const counts = Array.from({ length: CONTEXT + 1 }, () => new Map<number, Uint32Array>());
  for (let row = 0; row < count; row++) {
    const text = tokens.subarray(row * length, (row + 1) * length);
    for (let position = 1; position < length; position++) {
      // After four pads nothing but pad follows: the rest of the text is counted at once.
      const isOver = position > CONTEXT && text[position - CONTEXT] === PAD;
      const weight = isOver ? length - position : 1;
      for (const [size, ofSize] of counts.entries()) {
        const key = contextKey(text, position, size);
        let seen = ofSize.get(key);
        if (seen === undefined) ofSize.set(key, (seen = new Uint32Array(VOCABULARY_SIZE)));
        const symbol = text[position] ?? PAD;
        seen[symbol] = (seen[symbol] ?? 0) + weight;
      }
      if (isOver) break;
    }
  }
  return counts;
}

/** Counts of the symbols at each position: [T][V]. */
function countPositions({ tokens, length }: EncodedSplit): Uint32Array[] {
  const counts = Array.from({ length }, () => new Uint32Array(VOCABULARY_SIZE));
  for (const [index, symbol] of tokens.entries()) {
    const seen = counts[index % length];
    if (seen !== undefined) seen[symbol] = (seen[symbol] ?? 0) + 1;
  }
  return counts;
}

/** The `size` symbols before a position as a number in base V; before the start of a text there is more start. */
function contextKey(text: Int32Array, position: number, size: number): number {
  let key = 0;
  for (let index = position - size; index < position; index++)
    key = key * VOCABULARY_SIZE + (index < 0 ? CLS : (text[index] ?? CLS));
  return key;
}

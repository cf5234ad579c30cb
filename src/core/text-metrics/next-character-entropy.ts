import { PAD, VOCABULARY_SIZE } from '../data/vocabulary.js';

/** Sampled texts and the distributions that they were sampled from. */
export interface ScoredSamples {
  /** [texts, T], flat. */
  readonly tokens: Int32Array;
  readonly texts: number;
  /** Log-probabilities of each next symbol at the temperature: [texts, T, V], flat. */
  readonly logProbabilities: Float32Array;
}

/**
 * Mean entropy −Σ p log p of the distributions from which the characters of texts were sampled, in nats: each text counts
 * up to the pad that ends it, the one included. Between 0 (no choice) and log 29.
 */
export function nextCharacterEntropy({ tokens, texts, logProbabilities }: ScoredSamples): number {
  const length = tokens.length / texts;
  let sum = 0;
  let count = 0;
  for (let row = 0; row < texts; row++) {
    for (let position = 0; position + 1 < length; position++) {
      const start = (row * length + position) * VOCABULARY_SIZE;
      sum += entropy(logProbabilities.subarray(start, start + VOCABULARY_SIZE));
      count += 1;
      if (tokens[row * length + position + 1] === PAD) break;
    }
  }
  return sum / count;
}

function entropy(logProbabilities: Float32Array): number {
  let sum = 0;
  for (const log of logProbabilities) {
    const p = Math.exp(log);
    if (p > 0) sum -= p * log; // −∞ has a share of nothing
  }
  return sum;
}

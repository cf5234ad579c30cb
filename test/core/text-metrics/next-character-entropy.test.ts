import { describe, expect, it } from 'vitest';
import { VOCABULARY_SIZE } from '../../../src/core/data/vocabulary.js';
import { nextCharacterEntropy } from '../../../src/core/text-metrics/next-character-entropy.js';

function logOf(probabilities: readonly number[]): number[] {
  return Array.from({ length: VOCABULARY_SIZE }, (_, index) => Math.log(probabilities[index] ?? 0));
}

const UNIFORM = logOf(new Array<number>(VOCABULARY_SIZE).fill(1 / VOCABULARY_SIZE));

describe('nextCharacterEntropy', () => {
  it('averages the entropies of the distributions up to the pad that ends a text', () => {
    // scipy 1.17.1: stats.entropy([0.5, 0.25, 0.25]) is 1.0397207708399179, of 29 equal ones 3.3672958299864733
    const entropy = nextCharacterEntropy({
      tokens: Int32Array.from([28, 1, 0, 0, 28, 1, 2, 3]),
      texts: 2,
      logProbabilities: Float32Array.from(
        [logOf([0.5, 0.25, 0.25]), logOf([1]), UNIFORM, UNIFORM]
          .concat([UNIFORM, logOf([1]), logOf([1]), UNIFORM])
          .flat(),
      ),
    });
    expect(entropy).toBeCloseTo((1.0397207708399179 + 0 + 3.3672958299864733 + 0 + 0) / 5, 6);
  });
});

import { describe, expect, it } from 'vitest';
import { encodeSplit, type EncodedSplit } from '../../../src/core/data/batches.js';
import { VOCABULARY_SIZE } from '../../../src/core/data/vocabulary.js';
import { createBaselines } from '../../../src/core/text-metrics/character-model.js';
import { scoreBaselines } from '../../../src/core/text-metrics/score-baselines.js';

const TOKENS = 16;
const split = (texts: readonly string[]): EncodedSplit => encodeSplit(texts, TOKENS);
const TRAIN = split(['the cat sat', 'the dog sat', 'a cat ran']);
const HELD_OUT = split(['the cat ran', 'dogs']);

describe('scoreBaselines', () => {
  it('equals the formula of Witten and Bell written out in Python over strings', () => {
    // Python 3.11: nested dictionaries of counts, P(c|h) = (N(hc) + T(h) P(c|h'))/(N(h) + T(h)) by recursion, 1/29
    // below the empty context; checked there that each distribution sums to 1
    const scores = scoreBaselines({ train: TRAIN, val: HELD_OUT, test: HELD_OUT });
    const expected = [
      ['unigram', 32.56919105822255, 0.5],
      ['position-unigram', 25.86095190261487, 0.5333333333333333],
      ['5-gram', 9.252683650763863, 0.8666666666666667],
    ] as const;
    expect(scores.map(({ name }) => name)).toEqual(expected.map(([name]) => name));
    for (const [index, [, nll, top1]] of expected.entries()) {
      expect(scores[index]?.test.nll).toBeCloseTo(nll, 9);
      expect(scores[index]?.test.top1).toBeCloseTo(top1, 12);
      expect(scores[index]?.val).toEqual(scores[index]?.test);
    }
  });

  it('predicts with distributions, also after what was never seen', () => {
    for (const model of createBaselines(TRAIN)) {
      for (let position = 1; position < TOKENS; position++) {
        const distribution = model.distribution(HELD_OUT.tokens.subarray(TOKENS), position);
        expect(distribution).toHaveLength(VOCABULARY_SIZE);
        expect(distribution.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
        expect(Math.min(...distribution)).toBeGreaterThan(0);
      }
    }
  });
});

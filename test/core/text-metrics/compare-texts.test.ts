import { describe, expect, it } from 'vitest';
import { compareTexts } from '../../../src/core/text-metrics/compare-texts.js';
import { createReferenceTexts } from '../../../src/core/text-metrics/reference-texts.js';
import { countTrigrams, jensenShannon } from '../../../src/core/text-metrics/trigrams.js';

const REFERENCE = createReferenceTexts(
  { train: ['the cat sat', 'a dog ran far away'], test: ['the cat'] },
  12,
);

describe('compareTexts', () => {
  it('counts words of the training texts and whole training texts', () => {
    const found = compareTexts(['the cat sat', 'the cta sat', '', ' '], REFERENCE);
    expect(found.knownWords).toBeCloseTo(5 / 6, 12);
    expect(found.copiedTexts).toBe(1 / 4);
  });

  it('knows the training texts as a model sees them, cut to its length', () => {
    // 11 characters beside the start symbol: "a dog ran f"
    expect(compareTexts(['a dog ran f'], REFERENCE)).toMatchObject({
      knownWords: 1,
      copiedTexts: 1,
    });
    expect(compareTexts(['far away'], REFERENCE)).toMatchObject({ knownWords: 0, copiedTexts: 0 });
  });

  it('has no share of words where there is none', () => {
    expect(compareTexts([''], REFERENCE)).toMatchObject({ knownWords: null, copiedTexts: 0 });
  });
});

describe('jensenShannon', () => {
  it('equals scipy', () => {
    // scipy 1.17.1: spatial.distance.jensenshannon(p, q, base=2)²
    const one = countTrigrams(['the cat sat', 'a dog']);
    const other = countTrigrams(['the cat ran', 'the dog']);
    expect(jensenShannon(one, other)).toBeCloseTo(0.3387607085385375, 12);
    expect(jensenShannon(other, one)).toBeCloseTo(0.3387607085385375, 12);
  });

  it('is 0 for equal texts and 1 for texts that share no trigram', () => {
    expect(jensenShannon(countTrigrams(['abc']), countTrigrams(['abc', 'abc']))).toBeCloseTo(0, 12);
    expect(jensenShannon(countTrigrams(['abc']), countTrigrams(['xyz']))).toBeCloseTo(1, 12);
  });
});

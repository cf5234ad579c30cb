import { describe, expect, it } from 'vitest';
import { tokenizeWords } from '../../../src/core/data/tokenize-words.js';

describe('tokenizeWords', () => {
  it.each([
    ["Bank's chief: “rates won't rise”", ['Bank', "'s", 'chief', 'rates', 'wo', "n't", 'rise']],
    ['it’s they’re I’ve', ['it', "'s", 'they', "'re", 'I', "'ve"]],
    ['cease-fire, 5G and U.S. (again)', ['cease-fire', '5G', 'and', 'U.S.', 'again']],
    ['at 10:30, 1,200 men:women', ['at', '10:30', '1,200', 'men', 'women']],
    ['and/or—maybe…', ['and', 'or', 'maybe']],
    ["... !!! -- '", []],
  ])('splits %j', (text, words) => {
    expect(tokenizeWords(text)).toEqual(words);
  });
});

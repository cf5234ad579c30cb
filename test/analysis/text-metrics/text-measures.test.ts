import { describe, expect, it } from 'vitest';
import { measureTexts } from '../../../src/analysis/text-metrics/text-measures.js';

describe('measureTexts', () => {
  it('counts length, different words and pairs, and repetition within a text', () => {
    // By hand: words a b a | b c; pairs ab ba bc
    expect(measureTexts(['a b a', 'b c'])).toEqual({
      texts: 2,
      length: 4,
      distinct1: 3 / 5,
      distinct2: 1,
      repetition: expect.closeTo(1 / 6, 12) as number,
    });
    expect(measureTexts(['the the the the']).repetition).toBe(0.75);
  });

  it('has no shares where there is no word', () => {
    expect(measureTexts([' ', ''])).toEqual({
      texts: 2,
      length: 0,
      distinct1: null,
      distinct2: null,
      repetition: null,
    });
  });
});

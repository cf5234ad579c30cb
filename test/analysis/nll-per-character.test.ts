import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nllPerCharacter } from '../../src/analysis/nll-per-character.js';

describe('nllPerCharacter', () => {
  it('divides by the 149 predicted positions of a text of 150 tokens', () => {
    expect(nllPerCharacter(98.32, 150)).toBeCloseTo(0.659866, 6);
  });

  it('is the NLL of all texts together over the number of all symbols that were predicted', () => {
    const texts = fc.integer({ min: 2, max: 40 }).chain((tokens) =>
      fc.array(fc.array(fc.double({ min: 0, max: 8, noNaN: true }), lengthOf(tokens - 1)), {
        minLength: 1,
        maxLength: 20,
      }),
    );
    fc.assert(
      fc.property(texts, (symbols) => {
        const all = symbols.flat();
        const sum = all.reduce((total, nll) => total + nll, 0);
        const tokens = all.length / symbols.length + 1;
        expect(nllPerCharacter(sum / symbols.length, tokens)).toBeCloseTo(sum / all.length, 10);
      }),
    );
  });
});

function lengthOf(length: number): { minLength: number; maxLength: number } {
  return { minLength: length, maxLength: length };
}

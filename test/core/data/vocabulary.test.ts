import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CLS,
  decodeTokens,
  encodeText,
  encodeTexts,
  PAD,
  VOCABULARY_SIZE,
} from '../../../src/core/data/vocabulary.js';

const anyText = fc
  .array(fc.integer({ min: 0, max: 0x10ffff }))
  .map((codes) => String.fromCodePoint(...codes));
const cleanText = fc.string({
  unit: fc.constantFrom(...Array.from('abcdefghijklmnopqrstuvwxyz ')),
  maxLength: 40,
});

describe('encodeText', () => {
  it('puts cls before the characters and pad after them', () => {
    expect([...encodeText('az b', 8)]).toEqual([CLS, 1, 26, 27, 2, PAD, PAD, PAD]);
  });

  it('cuts a text that is longer than the tokens', () => {
    expect([...encodeText('abcdef', 4)]).toEqual([CLS, 1, 2, 3]);
  });

  it('turns each character outside a-z into one space', () => {
    expect([...encodeText('aB3é🙂', 7)]).toEqual([CLS, 1, 27, 27, 27, 27, PAD]);
  });

  it('gives symbols of the vocabulary for any text', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 0, max: 50 }), (text, tokens) => {
        const symbols = encodeText(text, tokens);
        expect(symbols.length).toBe(tokens);
        expect(symbols.every((symbol) => symbol < VOCABULARY_SIZE)).toBe(true);
      }),
    );
  });
});

describe('decodeTokens', () => {
  it('gives back every cleaned text that fits', () => {
    fc.assert(
      fc.property(cleanText, (text) => {
        expect(decodeTokens(encodeText(text, 41))).toBe(text);
      }),
    );
  });

  it('stops at the first pad and drops cls anywhere', () => {
    expect(decodeTokens([CLS, 1, CLS, 2, PAD, 3])).toBe('ab');
  });
});

describe('encodeTexts', () => {
  it('lays the texts one after the other as encodeText does', () => {
    fc.assert(
      fc.property(fc.array(cleanText), fc.integer({ min: 1, max: 30 }), (texts, tokens) => {
        const expected = texts.flatMap((text) => [...encodeText(text, tokens)]);
        expect([...encodeTexts(texts, tokens)]).toEqual(expected);
      }),
    );
  });
});

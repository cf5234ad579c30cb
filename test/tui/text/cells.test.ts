import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { cellWidth, clip, clipMiddle, fit } from '../../../src/tui/text/cells.js';

test('a text that fits is left as it is', () => {
  expect(clip('learning', 8)).toBe('learning');
  expect(fit('ab', 4)).toBe('ab  ');
  expect(fit('ab', 4, 'right')).toBe('  ab');
});

test('a text that is too long ends with an ellipsis, in cells and not in characters', () => {
  expect(clip('learning', 5)).toBe('lear…');
  expect(clip('学習率学習率', 5)).toBe('学習…');
  expect(clip('learning', 5, '~')).toBe('lear~');
});

test('a text can lose its middle instead', () => {
  expect(clipMiddle('learning', 8)).toBe('learning');
  expect(clipMiddle('learning', 6)).toBe('lea…ng');
  expect(clipMiddle('学習率学習率', 6)).toBe('学…率');
  expect(clipMiddle('learning', 2)).toBe('l…');
});

test('a fitted text takes exactly its cells, whatever is in it', () => {
  const anyText = fc
    .string({ unit: 'grapheme', maxLength: 30 })
    .filter((text) => !/\p{C}/u.test(text));
  fc.assert(
    fc.property(anyText, fc.integer({ min: 0, max: 40 }), (text, width) => {
      expect(cellWidth(fit(text, width))).toBe(width);
    }),
  );
});

test('signs that are taken for narrow without measuring are as wide as when they are measured', () => {
  for (let code = 0x20; code < 0x3000; code += 1) {
    const sign = String.fromCodePoint(code);
    // Two of them, so that a sign which joins the one before is found as well.
    if (!/\p{C}/u.test(sign))
      expect([sign, cellWidth(sign + sign)]).toEqual([sign, stringWidth(sign + sign)]);
  }
});

import { describe, expect, it } from 'vitest';
import { foldDiacritics } from '../../../src/core/data/fold-diacritics.js';

describe('foldDiacritics', () => {
  it.each([
    ['é í á æ ä', 'e i a a a'],
    ['Ørsted Łódź Đà þing Æsir Œuvre', 'Orsted Lodz Da thing Asir Ouvre'],
    ['straße ığdır ħŧŋ', 'strasse igdir htn'],
    ['ﬁne Å', 'fine A'],
    ['ệ ǭ ñ ç š ǽ Ǿ', 'e o n c s a O'],
    ['plain 123', 'plain 123'],
    ['Жук 東京', 'Жук 東京'],
  ])('folds %j to %j', (text, folded) => {
    expect(foldDiacritics(text)).toBe(folded);
  });

  it('leaves no letter of the Latin alphabets of Europe unfolded', () => {
    const letters = Array.from({ length: 0x17f - 0xc0 + 1 }, (_, index) =>
      String.fromCharCode(0xc0 + index),
    ).filter((letter) => /\p{L}/u.test(letter));
    const left = letters.filter((letter) => !/^[a-z]+$/i.test(foldDiacritics(letter)));
    expect(left).toEqual([]);
  });
});

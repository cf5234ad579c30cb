import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleaningSchema, type CleaningConfig } from '../../../src/core/config/dataset-schema.js';
import { createCleaner } from '../../../src/core/data/clean-text.js';

/** Any code points, half of them Latin. */
const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0x24f }), fc.integer({ min: 0, max: 0x10ffff })))
  .map((codes) => String.fromCodePoint(...codes));
const all = cleaningSchema.parse({});
const none: CleaningConfig = {
  foldDiacritics: false,
  lowerCase: false,
  alphabeticOnly: false,
  dropStopWords: false,
  lemmatizeNouns: false,
};

describe('createCleaner with all steps', () => {
  it.each([
    ['Café owners in Zürich fear 3 new taxes', 'cafe owner zurich fear new tax'],
    ["Bank's chief: “rates won't rise”", 'bank chief rate wo rise'],
    ['U.S. cease-fire talks — 1,200 freed', 'talk freed'],
    ['WOMEN win; children cheer!', 'woman win child cheer'],
    ['The of and', ''],
    ['Москва says', 'say'],
    ['', ''],
  ])('cleans %j to %j', async (raw, cleaned) => {
    expect((await createCleaner(all))(raw)).toBe(cleaned);
  });

  it('leaves only lower-case words with one space between them, whatever it is given', async () => {
    const clean = await createCleaner(all);
    fc.assert(
      fc.property(anyText, (text) => {
        expect(clean(text)).toMatch(/^(?:[a-z]+(?: [a-z]+)*)?$/);
      }),
    );
  });

  it('survives words that are names of object properties', async () => {
    expect((await createCleaner(all))('constructor __proto__ valueOf')).toBe(
      'constructor proto valueof',
    );
  });
});

describe('createCleaner with steps switched off', () => {
  it.each([
    ['foldDiacritics', 'Łódź wins', 'win'],
    ['lowerCase', 'The Cities of Łódź', 'City Lodz'],
    ['alphabeticOnly', 'U.S. frees 1,200 men, twice', 'u.s. free 1,200 man twice'],
    ['dropStopWords', 'The man and the sea', 'the man and the sea'],
    ['lemmatizeNouns', 'Cities of glasses', 'cities glasses'],
  ] as const)('skips %s', async (step, raw, cleaned) => {
    expect((await createCleaner({ ...all, [step]: false }))(raw)).toBe(cleaned);
  });

  it('only joins white space when all steps are off', async () => {
    expect((await createCleaner(none))(' “Ça”,\n 3\tmen!  ')).toBe('“Ça”, 3 men!');
  });

  it('changes nothing the second time when lemmas are not taken', async () => {
    const clean = await createCleaner({ ...all, lemmatizeNouns: false });
    fc.assert(
      fc.property(anyText, (text) => {
        expect(clean(clean(text))).toBe(clean(text));
      }),
    );
  });
});

import { expect, test } from 'vitest';
import { cleaningSchema } from '../../../../src/core/config/dataset-schema.js';
import { fingerprintTexts } from '../../../../src/core/data/dataset.js';
import { cleanedHeadlines } from '../../../../src/core/data/headlines/cleaned-headlines.js';
import { generateHeadlines } from '../../../../src/core/data/headlines/corpus.js';
import { readMadeCorpus } from '../../../../src/core/data/headlines/made-corpus.js';

test('the corpus that the build has made is the one that every run is made from', async () => {
  expect(readMadeCorpus()).not.toBeNull();
  const { texts } = await cleanedHeadlines(cleaningSchema.parse({}));
  expect(fingerprintTexts(texts)).toBe(
    '27a62ead879d0ba079dcd651bbf4aeb45e04738b42a5ac2d1e21cad3b05edacf',
  );
});

test('another cleaning starts from the same texts as printed', async () => {
  const asPrinted = cleaningSchema.parse({
    foldDiacritics: false,
    lowerCase: false,
    alphabeticOnly: false,
    dropStopWords: false,
    lemmatizeNouns: false,
  });
  const { texts } = await cleanedHeadlines(asPrinted);
  expect(texts.train).toHaveLength(8664);
  expect(texts.train[0]).toBe((await generateHeadlines()).train[0]);
  expect(texts.train[0]).toMatch(/^\p{Lu}/u);
});

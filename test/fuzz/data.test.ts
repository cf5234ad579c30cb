import { Buffer } from 'node:buffer';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { datasetSchema } from '../../src/core/config/dataset-schema.js';
import { loadDataset } from '../../src/core/data/load-dataset.js';
import { encodePrompt } from '../../src/core/data/prompt.js';
import { CLS, decodeTokens, encodeText, VOCABULARY_SIZE } from '../../src/core/data/vocabulary.js';
import { sharedTemporaryFolder } from '../support/temporary-folder.js';
import { CASES, mustBehave, mutatedBytes, TIMEOUT_MS } from './fuzz.js';

const folder = sharedTemporaryFolder();

const lines = Array.from(
  { length: 30 },
  (_, index) => `the ${index % 7} text of é number ${index}`,
);
const FILES = {
  'fuzzed.txt': lines.join('\n'),
  'fuzzed.jsonl': lines.map((text) => JSON.stringify({ text, more: 1 })).join('\n'),
  'fuzzed.csv': ['id,text', ...lines.map((text, index) => `${index},"${text}, ""quoted"""`)].join(
    '\n',
  ),
};

describe('a data file, whatever is in it, is read or refused in plain words', () => {
  test.each(Object.entries(FILES))(
    '%s',
    async (name, content) => {
      const config = datasetSchema.parse({ source: 'file', path: name });
      await fc.assert(
        fc.asyncProperty(mutatedBytes([Buffer.from(content)]), async (bytes) => {
          writeFileSync(join(folder, name), bytes);
          await mustBehave(async () => {
            const { texts } = await loadDataset(config, {
              baseFolder: folder,
              cacheFolder: folder,
              onProgress: () => undefined,
            });
            for (const text of texts.train) expect(text).toMatch(/^[a-z ]*$/);
          });
        }),
        { numRuns: CASES },
      );
    },
    TIMEOUT_MS,
  );
});

describe('tokens', () => {
  const anyText = fc.string({ unit: 'binary', maxLength: 300 });

  test('of any text are in the vocabulary and as many as asked for', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 64 }), (text, tokens) => {
        const encoded = encodeText(text, tokens);
        expect(encoded).toHaveLength(tokens);
        expect(encoded[0]).toBe(CLS);
        expect(Math.max(...encoded)).toBeLessThan(VOCABULARY_SIZE);
      }),
      { numRuns: CASES },
    );
  });

  test('of any numbers decode to nothing but letters and spaces', () => {
    const ids = fc.array(fc.integer({ min: 0, max: VOCABULARY_SIZE - 1 }), { maxLength: 64 });
    fc.assert(
      fc.property(ids, (numbers) => {
        expect(decodeTokens(numbers)).toMatch(/^[a-z ]*$/);
      }),
      { numRuns: CASES },
    );
  });

  test(
    'of any prompt are those of its letters, or it is refused in plain words',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.oneof(anyText, fc.stringMatching(/^[a-z ]{0,40}$/)), (prompt) =>
          mustBehave(() => {
            expect(decodeTokens(encodePrompt(prompt, 40))).toBe(prompt);
          }),
        ),
        { numRuns: CASES },
      );
    },
    TIMEOUT_MS,
  );
});

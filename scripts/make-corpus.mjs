// Makes the built-in corpus once, so that no run has to: src/core/data/headlines/made-corpus.ts reads it.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { canonicalize } from 'json-canonicalize';
import { cleaningSchema } from '../dist/core/config/dataset-schema.js';
import { cleanedHeadlines } from '../dist/core/data/headlines/cleaned-headlines.js';
import { generateHeadlines } from '../dist/core/data/headlines/corpus.js';

const config = cleaningSchema.parse({});
const printed = await generateHeadlines();
const { texts: cleaned, warnings } = await cleanedHeadlines(config);
assert.deepEqual(warnings, [], 'the corpus is read without its warnings, so it must have none');
const corpus = { printed, cleaning: canonicalize(config), cleaned };
writeFileSync('dist/core/data/headlines/made-corpus.json', JSON.stringify(corpus));

import { canonicalize } from 'json-canonicalize';
import type { CleaningConfig } from '../../config/dataset-schema.js';
import { cleanSource } from '../clean-source.js';
import type { SourceTexts } from '../source.js';
import { generateHeadlines } from './corpus.js';
import { readMadeCorpus } from './made-corpus.js';

const cleaned = new Map<string, Promise<SourceTexts>>();

/** The built-in corpus after cleaning; made once per process and configuration, because a plan asks for every run. */
export function cleanedHeadlines(config: CleaningConfig): Promise<SourceTexts> {
  const key = canonicalize(config);
  const known = cleaned.get(key);
  if (known !== undefined) return known;
  const texts = clean(key, config);
  cleaned.set(key, texts);
  return texts;
}

async function clean(key: string, config: CleaningConfig): Promise<SourceTexts> {
  const made = readMadeCorpus();
  if (made?.cleaning === key) return { texts: made.cleaned, warnings: [] };
  return cleanSource({ texts: await generateHeadlines(), warnings: [] }, config);
}

import type { CleaningConfig } from '../../config/dataset-schema.js';
import { Generator } from '../../random/generator.js';
import { createCleaner } from '../clean-text.js';
import { SPLITS, type Split, type SplitTexts } from '../dataset.js';
import { composeHeadline } from './compose-headline.js';
import { readMadeCorpus } from './made-corpus.js';
import { createWorld } from './world.js';

/** Number of texts of each split: those of the reference study (both titles of each pair). */
export const HEADLINE_COUNTS: Readonly<Record<Split, number>> = {
  train: 8664,
  val: 1084,
  test: 1084,
};

/** Symbols of a text without cls: no headline is ever cut, cleaned or not. */
const LONGEST = 149;
/** Characters; a shorter one says too little. */
const SHORTEST = 16;
/** Fixes the corpus. Another seed is another corpus, and every run key that was made from it changes. */
const SEED = 20_261_123;

/** The steps under which no two headlines are the same. */
const CLEANING: CleaningConfig = {
  foldDiacritics: true,
  lowerCase: true,
  alphabeticOnly: true,
  dropStopWords: true,
  lemmatizeNouns: true,
};

let corpus: Promise<SplitTexts> | undefined;

/**
 * The built-in corpus, as printed: invented headlines about invented people in real countries.
 *
 * **Determinism**: the same texts in the same order on every machine. A test pins their fingerprint.
 *
 * **Structure**: topic decides verbs, objects and circumstances; a person keeps office, country and town; a company its
 * head and town; a team its coach and rival; names are spelt as in their country. All texts of all splits are distinct
 * after the default cleaning, and each has at most 149 characters. Made once: by the build, or where
 * this program runs from its source, once per process.
 */
export function generateHeadlines(): Promise<SplitTexts> {
  corpus ??= Promise.resolve(readMadeCorpus()?.printed ?? createCorpus());
  return corpus;
}

async function createCorpus(): Promise<SplitTexts> {
  const clean = await createCleaner(CLEANING);
  const generator = Generator.fromSeed(SEED, 'headlines');
  const world = createWorld(Generator.fromSeed(SEED, 'headline-world'));
  const seen = new Set<string>();
  const wanted = SPLITS.reduce((sum, split) => sum + HEADLINE_COUNTS[split], 0);
  const texts: string[] = [];
  while (texts.length < wanted) {
    const text = composeHeadline(world, generator);
    const cleaned = clean(text);
    if (text.length > LONGEST || cleaned.length < SHORTEST || seen.has(cleaned)) continue;
    seen.add(cleaned);
    texts.push(text);
  }
  return cutIntoSplits(texts);
}

function cutIntoSplits(texts: readonly string[]): SplitTexts {
  const { train, val } = HEADLINE_COUNTS;
  return {
    train: texts.slice(0, train),
    val: texts.slice(train, train + val),
    test: texts.slice(train + val),
  };
}

import type { CleaningConfig } from '../config/dataset-schema.js';
import { foldDiacritics } from './fold-diacritics.js';
import { tokenizeWords } from './tokenize-words.js';

/** Cleans one text; a pure function. */
export type Cleaner = (text: string) => string;

const LETTERS_ONLY = /^[a-z]+$/i;

/**
 * The cleaning of the reference study, with the steps that `config` leaves on: fold diacritics, split into words,
 * lower-case, keep purely alphabetic words, drop English stop words (stopword's list), replace each word by its WordNet
 * noun lemma (wink-lemmatizer); the words are joined by one space.
 *
 * Text is split into words, and so loses its punctuation, only if a step that works on words is on; otherwise only runs
 * of white space become one space. The lemma of a word may be a stop word or have a lemma itself (`boss → bos`): the
 * steps are applied once, as the reference does, so cleaning twice is not always the same as cleaning once.
 *
 * Asynchronous because the libraries are only loaded if their step is on: the lexicon takes about 0.25 s.
 *
 * @example (await createCleaner(all))('Café owners in Zürich fear 3 new taxes') // 'cafe owner zurich fear new tax'
 */
export async function createCleaner(config: CleaningConfig): Promise<Cleaner> {
  const isStopWord = config.dropStopWords ? await loadStopWords() : undefined;
  const lemmaOf = config.lemmatizeNouns ? await loadLemmatizer() : undefined;
  const worksOnWords = config.alphabeticOnly || isStopWord !== undefined || lemmaOf !== undefined;

  return (text) => {
    const folded = config.foldDiacritics ? foldDiacritics(text) : text;
    const cased = config.lowerCase ? folded.toLowerCase() : folded;
    let words = worksOnWords ? tokenizeWords(cased) : splitAtSpace(cased);
    if (config.alphabeticOnly) words = words.filter((word) => LETTERS_ONLY.test(word));
    if (isStopWord !== undefined) words = words.filter((word) => !isStopWord(word.toLowerCase()));
    if (lemmaOf !== undefined) words = words.map((word) => lemmaInCase(word, lemmaOf));
    return words.join(' ');
  };
}

function splitAtSpace(text: string): string[] {
  return text.split(/\s+/u).filter((word) => word !== '');
}

/** The lemma, with the first letter as it was: only wanted when lower-casing is off. */
function lemmaInCase(word: string, lemmaOf: (word: string) => string): string {
  const lower = word.toLowerCase();
  const lemma = LETTERS_ONLY.test(word) ? lemmaOf(lower) : lower;
  if (lemma === lower) return word;
  return word.startsWith(lower.charAt(0)) ? lemma : lemma.charAt(0).toUpperCase() + lemma.slice(1);
}

async function loadStopWords(): Promise<(word: string) => boolean> {
  const { eng } = await import('stopword');
  const stopWords = new Set(eng);
  return (word) => stopWords.has(word);
}

async function loadLemmatizer(): Promise<(word: string) => string> {
  const { default: lemmatizer } = await import('wink-lemmatizer');
  const lemmas = new Map<string, string>(); // WordNet tries nine endings on each word; texts repeat their words
  return (word) => {
    const known = lemmas.get(word);
    if (known !== undefined) return known;
    const lemma = lemmatizer.noun(word);
    lemmas.set(word, lemma);
    return lemma;
  };
}

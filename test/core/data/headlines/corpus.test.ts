import { beforeAll, describe, expect, it } from 'vitest';
import { cleaningSchema } from '../../../../src/core/config/dataset-schema.js';
import { fingerprintTexts, type SplitTexts } from '../../../../src/core/data/dataset.js';
import { cleanedHeadlines } from '../../../../src/core/data/headlines/cleaned-headlines.js';
import { generateHeadlines, HEADLINE_COUNTS } from '../../../../src/core/data/headlines/corpus.js';

let texts: SplitTexts;
let everyText: readonly string[];

beforeAll(async () => {
  texts = (await cleanedHeadlines(cleaningSchema.parse({}))).texts;
  everyText = [...texts.train, ...texts.val, ...texts.test];
});

describe('the built-in corpus after the default cleaning', () => {
  it('never changes', () => {
    // If this fails, every run key made from the corpus changes: that must be a decision, not an accident.
    expect(fingerprintTexts(texts)).toBe(
      '27a62ead879d0ba079dcd651bbf4aeb45e04738b42a5ac2d1e21cad3b05edacf',
    );
  });

  it('has the sizes of the study', () => {
    expect(HEADLINE_COUNTS).toEqual({ train: 8664, val: 1084, test: 1084 });
    expect([texts.train.length, texts.val.length, texts.test.length]).toEqual([8664, 1084, 1084]);
  });

  it('has no text twice, in any split', () => {
    expect(new Set(everyText).size).toBe(everyText.length);
  });

  it('has 45 to 55 characters on average and never more than 149', () => {
    const lengths = everyText.map((text) => text.length);
    const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    expect(mean).toBeGreaterThan(45);
    expect(mean).toBeLessThan(55);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(149);
  });

  it('has a long-tailed vocabulary of at least 4,000 words', () => {
    const counts = countWords(everyText);
    expect(counts.length).toBeGreaterThanOrEqual(4000);
    const total = counts.reduce((sum, count) => sum + count, 0);
    const head = counts.slice(0, 100).reduce((sum, count) => sum + count, 0);
    expect(head / total).toBeGreaterThan(0.2); // few words are very frequent
    const once = counts.filter((count) => count === 1).length;
    expect(once / counts.length).toBeGreaterThan(0.15); // many are seen once
  });

  it('rewards a model that remembers more', () => {
    const [bigram, fivegram, sevengram] = [2, 5, 7].map((order) =>
      nllPerCharacter(order, texts.train.slice(0, 4000), texts.val.slice(0, 500)),
    );
    expect(fivegram).toBeLessThan(bigram! * 0.6);
    expect(sevengram).toBeLessThan(fivegram! * 0.9);
  });

  it('keeps the office of a person', () => {
    const [word, office] = mostFrequentPair(texts.train, /\b(prime minister|president) (\w+)/);
    const offices = texts.val
      .map((text) => new RegExp(`(prime minister|president) ${word}\\b`).exec(text)?.[1])
      .filter((found) => found !== undefined);
    expect(new Set(offices).size).toBeLessThanOrEqual(1);
    expect(['prime minister', 'president']).toContain(office);
  });
});

describe('the built-in corpus as printed', () => {
  it('leaves work for every cleaning step', async () => {
    const { train } = await generateHeadlines();
    const share = (pattern: RegExp): number =>
      train.filter((text) => pattern.test(text)).length / train.length;
    expect(share(/^\p{Lu}/u)).toBe(1);
    expect(share(/\b(?:in|of|after|over|to)\b/)).toBeGreaterThan(0.3);
    expect(share(/\d/)).toBeGreaterThan(0.01);
    expect(share(/[^\p{ASCII}–]/u)).toBeGreaterThan(0.05);
  });

  it('has no unfilled slot and no double space', async () => {
    const { train, val, test } = await generateHeadlines();
    expect([...train, ...val, ...test].filter((text) => /[{}]| {2}|undefined/.test(text))).toEqual(
      [],
    );
  });

  it('is made once per process', async () => {
    expect(await generateHeadlines()).toBe(await generateHeadlines());
    const config = cleaningSchema.parse({ dropStopWords: false });
    expect(await cleanedHeadlines(config)).toBe(await cleanedHeadlines({ ...config }));
  });
});

/** Counts of the words, the largest first. */
function countWords(list: readonly string[]): number[] {
  const counts = new Map<string, number>();
  for (const word of list.join(' ').split(' ')) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts.values()].sort((a, b) => b - a);
}

/** The name that is most often seen with an office, and that office. */
function mostFrequentPair(list: readonly string[], pattern: RegExp): [string, string] {
  const counts = new Map<string, number>();
  for (const text of list) {
    const [, office = '', name = ''] = pattern.exec(text) ?? [];
    if (name !== '') counts.set(`${name} ${office}`, (counts.get(`${name} ${office}`) ?? 0) + 1);
  }
  const [pair] = [...counts].sort((a, b) => b[1] - a[1])[0]!;
  const [name = '', ...office] = pair.split(' ');
  return [name, office.join(' ')];
}

/** Mean −log p of a character under an interpolated n-gram model (Witten and Bell, 1991). */
function nllPerCharacter(order: number, train: readonly string[], held: readonly string[]): number {
  const contexts = new Map<string, Map<string, number>>();
  forEachCharacter(order, train, (history, character) => {
    for (let length = 0; length < order; length++) {
      const context = history.slice(history.length - length);
      const counts = contexts.get(context) ?? new Map<string, number>();
      contexts.set(context, counts.set(character, (counts.get(character) ?? 0) + 1));
    }
  });
  const totals = new Map<string, number>();
  for (const [context, counts] of contexts) {
    totals.set(
      context,
      [...counts.values()].reduce((sum, count) => sum + count, 0),
    );
  }
  let nll = 0;
  let characters = 0;
  forEachCharacter(order, held, (history, character) => {
    let probability = 1 / 28;
    for (let length = 0; length < order; length++) {
      const context = history.slice(history.length - length);
      const counts = contexts.get(context);
      if (counts === undefined) break;
      const total = totals.get(context)!;
      probability =
        ((counts.get(character) ?? 0) + counts.size * probability) / (total + counts.size);
    }
    nll -= Math.log(probability);
    characters++;
  });
  return nll / characters;
}

function forEachCharacter(
  order: number,
  list: readonly string[],
  visit: (history: string, character: string) => void,
): void {
  for (const text of list) {
    const padded = `${'^'.repeat(order - 1)}${text}$`;
    for (let index = order - 1; index < padded.length; index++) {
      visit(padded.slice(index - order + 1, index), padded.charAt(index));
    }
  }
}

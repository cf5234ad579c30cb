import { fileURLToPath } from 'node:url';

/** The built program. */
export const BINARY = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** A small text file with something to learn in it: 120 distinct lines. */
export function someTexts(): string {
  const names = ['anna', 'bruno', 'carla', 'dario', 'elena', 'fabio'];
  const verbs = ['paints', 'builds', 'sells', 'repairs'];
  const things = ['boats', 'houses', 'clocks', 'bridges', 'windows'];
  const lines = names.flatMap((name) =>
    verbs.flatMap((verb) => things.map((thing) => `${name} ${verb} ${thing}`)),
  );
  return `${lines.join('\n')}\n`;
}

/** A definition whose runs take about a second. */
export const TINY = `
name: tiny
title: Two tiny models
dataset: { source: file, path: texts.txt, clean: { dropStopWords: false, lemmatizeNouns: false } }
base:
  model: { tokens: 24, embedding: 4, neurons: 2, heads: 1, blocks: 1 }
  train: { maxEpochs: 3, batchSize: 16, learningRate: 0.01 }
  sample: { count: 4, temperatures: [0.5, 1.0] }
runs:
  - { name: small }
  - { name: wide, model.embedding: 8 }
`;

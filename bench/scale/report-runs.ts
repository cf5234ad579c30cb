import { runId, runKey } from '../../src/core/config/run-key.js';
import { Generator } from '../../src/core/random/generator.js';
import type { NewRunEvent } from '../../src/core/run-folder/event.js';
import { encodeFloats } from '../../src/core/run-folder/float-list.js';
import type { RunFile } from '../../src/core/run-folder/run-file.js';
import { exampleRun, started } from '../../test/core/store/example-runs.js';

/** One run of a generated grid: what `run.json` and `events.jsonl` have. */
export interface GeneratedRun {
  readonly file: RunFile;
  readonly changes: Readonly<Record<string, unknown>>;
  readonly events: readonly NewRunEvent[];
}

/** 200 configurations, each with five seeds. */
const GRID = {
  embedding: [8, 16, 24, 32, 48],
  neurons: [2, 4, 8, 16],
  blocks: [1, 2],
  learningRate: [1e-2, 3e-3, 1e-3, 3e-4, 1e-4],
  seed: [1, 2, 3, 4, 5],
} as const;

const TEST_TEXTS = 1084;
const SAMPLED_TEXTS = 64;
/** Epochs after which texts are sampled too. */
const SAMPLED_EVERY = 20;
const WORDS = 'police court government storm market school trade storm health vote'.split(' ');

/** Runs whose curves fall to a level that depends on the configuration, with noise, as those of a real study do. */
export function generateRuns(epochs: number): GeneratedRun[] {
  const runs: GeneratedRun[] = [];
  for (const embedding of GRID.embedding)
    for (const neurons of GRID.neurons)
      for (const blocks of GRID.blocks)
        for (const learningRate of GRID.learningRate)
          for (const seed of GRID.seed) {
            const cell = { embedding, neurons, blocks, learningRate, seed };
            const level =
              130 -
              12 * Math.log2(embedding) -
              2 * Math.log2(neurons * blocks) +
              4 * Math.abs(Math.log10(learningRate) + 2.7);
            runs.push(generateRun(cell, level, epochs));
          }
  return runs;
}

type Cell = { readonly [Key in keyof typeof GRID]: number };

function generateRun(
  { embedding, neurons, blocks, learningRate, seed }: Cell,
  level: number,
  epochs: number,
): GeneratedRun {
  const base = exampleRun(seed);
  if (base.config.kind !== 'train') throw new Error('the example run trains');
  const config = {
    ...base.config,
    model: { ...base.config.model, embedding, neurons, blocks },
    train: { ...base.config.train, learningRate, maxEpochs: epochs },
  };
  const key = runKey(config, base.dataFingerprint);
  const parameters = blocks * embedding * embedding * (8 + 2 * neurons);
  const file = { ...base, config, key, id: runId(key), parameters };
  const changes = {
    'model.embedding': embedding,
    'model.neurons': neurons,
    'model.blocks': blocks,
    'train.learningRate': learningRate,
    seed,
  };
  return {
    file,
    changes,
    events: eventsOf(Generator.fromSeed(seed, file.id), level, { epochs, parameters }),
  };
}

function eventsOf(
  random: Generator,
  level: number,
  { epochs, parameters }: { epochs: number; parameters: number },
): NewRunEvent[] {
  const noise = (): number => random.uniformFloat32() - 0.5;
  const start = started();
  if (start.type !== 'started') throw new Error('not the start of a run');
  const events: NewRunEvent[] = [{ ...start, actual: { ...start.actual, parameters } }];
  const ownLevel = level + 3 * noise();
  let best = { epoch: 0, nll: Infinity };
  for (let epoch = 0; epoch < epochs; epoch++) {
    const train = ownLevel - 4 + 90 * Math.exp(-epoch / 12) + 0.4 * noise();
    const nll =
      ownLevel + 80 * Math.exp(-epoch / 10) + 0.03 * Math.max(0, epoch - 70) + 0.6 * noise();
    const improved = nll < best.nll;
    if (improved) best = { epoch, nll };
    events.push({
      ...{ type: 'epoch', epoch, step: (epoch + 1) * 8, improved },
      train: { nll: train, top1: 1 - train / 400 },
      val: { nll, top1: 1 - nll / 400 + 0.004 * noise() },
      ...{ trainSeconds: 4, evaluateSeconds: 1, textsPerSecond: 64, stepSeconds: 0.5 },
    });
    if (epoch % SAMPLED_EVERY === 0) events.push(sampled(random, 'epoch', epoch));
  }
  const texts = Array.from({ length: TEST_TEXTS }, () => best.nll + 1.5 + 30 * noise());
  const score = {
    nll: texts.reduce((sum, one) => sum + one, 0) / texts.length,
    top1: 1 - best.nll / 400,
  };
  events.push(
    { type: 'evaluated', split: 'val', epoch: best.epoch, nll: best.nll, top1: score.top1 },
    { type: 'evaluated', split: 'test', epoch: best.epoch, ...score, textNll: encodeFloats(texts) },
    {
      type: 'baselines',
      models: [
        { name: 'unigram', val: { nll: 190, top1: 0.3 }, test: { nll: 191, top1: 0.3 } },
        { name: '5-gram', val: { nll: 130, top1: 0.5 }, test: { nll: 131, top1: 0.5 } },
      ],
    },
    sampled(random, 'final', best.epoch),
    { type: 'completed', reason: 'max-epochs', seconds: 5 * epochs },
  );
  return events;
}

function sampled(random: Generator, stage: 'epoch' | 'final', epoch: number): NewRunEvent {
  const word = (): string => WORDS[Math.floor(random.uniformFloat32() * WORDS.length)] ?? '';
  const texts = Array.from({ length: SAMPLED_TEXTS }, () =>
    Array.from({ length: 8 }, word).join(' '),
  );
  const measures = { knownWords: 0.9, copiedTexts: 0, trigramDivergence: 0.3, entropy: 1.2 };
  return { type: 'samples', stage, epoch, temperature: 1, texts, measures, seconds: 1 };
}

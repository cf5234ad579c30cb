import { z } from 'zod';
import { parameterCount } from '../src/core/model/parameter-count.js';
import { BATCH_SIZE, BUDGETS, type Budget } from './budgets.js';
import { CEILING_FLOP } from './ceiling.js';
import { alternate, type Clock, median, millisecondsOf } from './measure.js';
import { type Row, ratio } from './row.js';
import { Subject } from './subject.js';
import { workerStarts } from './worker-start.js';

export interface Bench {
  readonly rounds: number;
  readonly threads: number;
  readonly clock: Clock;
  readonly ours: Subject;
  /** Null where PyTorch is absent. */
  readonly peer: Subject | null;
  /** A process of ours with that many threads. */
  readonly startOurs: (threads: number) => Subject;
}

const STEP_TARGETS: Readonly<Record<number, number>> = { 1: 2.5, 2: 3, 3: 3, 4: 3 };

/** Training step against PyTorch, and its share of what a large matrix product reaches. */
export async function measureStep(bench: Bench, { number, name, model }: Budget): Promise<Row[]> {
  const { ours, peer, rounds, clock } = bench;
  const milliseconds = await alternate(rounds, {
    ours: () => millisecondsOf(ours, clock, { what: 'step', model }),
    ...(peer && { PyTorch: () => millisecondsOf(peer, clock, { what: 'step', model }) }),
    ceiling: () => millisecondsOf(ours, clock, { what: 'ceiling' }),
  });
  const work = 6 * parameterCount(model) * BATCH_SIZE * model.tokens;
  const share = ratio(milliseconds['ceiling'], milliseconds['ours']);
  return [
    {
      what: 'training step, PyTorch / ours',
      budget: name,
      milliseconds,
      value: ratio(milliseconds['PyTorch'], milliseconds['ours']),
      unit: 'times',
      target: STEP_TARGETS[number] ?? null,
      bound: 'at least',
    },
    {
      what: 'training step, share of the ceiling',
      budget: name,
      milliseconds,
      value: share === null ? null : (share * work) / CEILING_FLOP,
      unit: 'share',
      target: number >= 3 ? 0.6 : null,
      bound: 'at least',
    },
  ];
}

export async function measureEvaluation(bench: Bench, { name, model }: Budget): Promise<Row[]> {
  const { ours, peer, rounds, clock } = bench;
  const milliseconds = await alternate(rounds, {
    ours: () => millisecondsOf(ours, clock, { what: 'evaluate', model }),
    ...(peer && { PyTorch: () => millisecondsOf(peer, clock, { what: 'evaluate', model }) }),
  });
  const value = ratio(milliseconds['PyTorch'], milliseconds['ours']);
  const what = 'evaluation, PyTorch / ours';
  return [
    { what, budget: name, milliseconds, value, unit: 'times', target: 2.5, bound: 'at least' },
  ];
}

// The time of a prefix is smooth in its length, so five of the 149 lengths stand for all (midpoint rule).
const PREFIXES = [15, 45, 75, 105, 135];

/** Sampling; PyTorch computes the whole prefix for each token, as the reference does, at {@link PREFIXES}. */
export async function measureSampling(bench: Bench, { name, model }: Budget): Promise<Row[]> {
  const { ours, peer, rounds, clock } = bench;
  const positions = model.tokens - 1;
  const wholePrefix = async (subject: Subject): Promise<number> => {
    const time = await millisecondsOf(subject, clock, { what: 'sample', model, lengths: PREFIXES });
    return (time * positions) / PREFIXES.length;
  };
  const milliseconds = await alternate(rounds, {
    ours: () => millisecondsOf(ours, clock, { what: 'sample', model }),
    ...(peer && { 'PyTorch (extrapolated)': () => wholePrefix(peer) }),
  });
  const value = ratio(milliseconds['PyTorch (extrapolated)'], milliseconds['ours']);
  const what = 'sampling 64 texts of 150 tokens, PyTorch / ours';
  return [
    { what, budget: name, milliseconds, value, unit: 'times', target: 50, bound: 'at least' },
  ];
}

/** Peak memory of a fresh process that takes three training steps. */
export async function measureMemory(bench: Bench, { number, name, model }: Budget): Promise<Row[]> {
  const subject = bench.startOurs(bench.threads);
  await subject.ask({ what: 'steps', model, count: 3 });
  const { bytes } = z.object({ bytes: z.number() }).parse(await subject.ask({ what: 'memory' }));
  subject.end();
  return [
    {
      what: 'peak memory of training steps',
      budget: name,
      milliseconds: {},
      value: bytes,
      unit: 'bytes',
      target: number === 3 ? 1.5e9 : null,
      bound: 'at most',
    },
  ];
}

/** From the start of a worker to the end of its first training step, on the built-in corpus. */
export async function measureStart(bench: Bench, { number, name, model }: Budget): Promise<Row[]> {
  const { first, later } = await workerStarts(model, bench);
  const target = number === 1 ? 1.5 : null;
  const row = { budget: name, milliseconds: {}, unit: 'seconds', bound: 'at most' } as const;
  return [
    { ...row, what: 'worker start to first step', value: median(later), target },
    { ...row, what: 'the same, first worker of a results folder (once)', value: first, target },
  ];
}

/** Two runs side by side with a thread each, against one after the other with two threads. */
export async function measureMixed(bench: Bench, { name, model }: Budget): Promise<Row[]> {
  const request = { what: 'steps', model, count: 4 };
  const wide = bench.startOurs(2);
  const narrow = [bench.startOurs(1), bench.startOurs(1)];
  const wall = async (work: () => Promise<unknown>): Promise<number> => {
    const begin = performance.now();
    await work();
    return performance.now() - begin;
  };
  const milliseconds = await alternate(bench.rounds, {
    'side by side': () => wall(() => Promise.all(narrow.map((one) => one.ask(request)))),
    'one after the other': () =>
      wall(async () => {
        await wide.ask(request);
        await wide.ask(request);
      }),
  });
  for (const subject of [wide, ...narrow]) subject.end();
  return [
    {
      what: 'two runs, one after the other with 2 threads / side by side with 1',
      budget: name,
      milliseconds,
      value: ratio(milliseconds['one after the other'], milliseconds['side by side']),
      unit: 'times',
      target: 1,
      bound: 'at least',
    },
  ];
}

type Part = (bench: Bench, budget: Budget) => Promise<Row[]>;

/** What can be measured, and for which budgets unless others are asked for. */
export const PARTS: Readonly<Record<string, { measure: Part; budgets: readonly number[] }>> = {
  step: { measure: measureStep, budgets: BUDGETS.map(({ number }) => number) },
  evaluate: { measure: measureEvaluation, budgets: BUDGETS.map(({ number }) => number) },
  sample: { measure: measureSampling, budgets: BUDGETS.map(({ number }) => number) },
  memory: { measure: measureMemory, budgets: BUDGETS.map(({ number }) => number) },
  start: { measure: measureStart, budgets: [1] },
  mixed: { measure: measureMixed, budgets: [1, 3] },
};

import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { ModelConfig } from '../../config/run-schema.js';
import type { AdamwOptions, EngineState, Scores, StepInput } from '../engine.js';
import { stepFactors } from './adamw.js';
import { Chunks } from './chunks.js';
import { LazySession } from './lazy-session.js';
import { MicroBatch } from './out-of-memory.js';
import {
  type createSession,
  floats,
  integers,
  readFloats,
  readIntegers,
  scalar,
  turns,
} from './session.js';
import { trainingBlockGraph, trainingGraph } from './training-graph.js';

interface LoopTrainingOptions {
  readonly model: ModelConfig;
  readonly optimizer: AdamwOptions;
  readonly microBatch: number;
  readonly threads: number;
}

type Feeds = Readonly<Record<string, Tensor>>;

interface Trained {
  readonly state: EngineState;
  readonly scores: readonly Scores[];
}

interface Sessions {
  readonly microBatch: number;
  readonly step: LazySession;
  readonly block: LazySession;
}

/** Optimizer steps by graphs that loop over micro-batches; several steps may be done in one call. */
export class LoopTraining {
  readonly #options: LoopTrainingOptions;
  readonly #create: typeof createSession;
  readonly #microBatch: MicroBatch;
  #sessions: Sessions | null = null;

  constructor(options: LoopTrainingOptions, create: typeof createSession) {
    this.#options = options;
    this.#create = create;
    this.#microBatch = new MicroBatch(options.microBatch);
  }

  /** Texts whose gradients are computed at once; it shrinks when the device runs out of memory. */
  get microBatch(): number {
    return this.#microBatch.size;
  }

  /** The state after one step. */
  step(before: EngineState, input: StepInput): Promise<Trained> {
    return this.#microBatch.attempt(async (size) => {
      const factors = stepFactors(this.#options.optimizer, before.step + 1);
      const { step } = await this.#sessionsFor(size);
      const outputs = await step.run({
        ...vectorsOf(before),
        ...this.#feeds(input, size),
        stepSize: scalar(factors.stepSize),
        secondCorrection: scalar(factors.secondCorrection),
      });
      const scores = [scoresFrom(outputs, 0, input.batch.texts)];
      return { state: stateFrom(outputs, before.step + 1), scores };
    });
  }

  /** The state after several steps; neighbours with as many micro-batches share a call. */
  async steps(before: EngineState, inputs: readonly StepInput[]): Promise<Trained> {
    let state = before;
    const scores: Scores[] = [];
    while (scores.length < inputs.length) {
      const rest = inputs.slice(scores.length);
      await this.#microBatch.attempt(async (size) => {
        const count = ({ batch }: StepInput): number => Math.ceil(batch.texts / size);
        const end = rest.findIndex((input) => count(input) !== count(rest[0]!));
        const group = end < 0 ? rest : rest.slice(0, end);
        const done = await this.#block(state, group, size);
        state = done.state;
        scores.push(...done.scores);
      });
    }
    return { state, scores };
  }

  async release(): Promise<void> {
    await this.#sessions?.step.release();
    await this.#sessions?.block.release();
  }

  async #block(before: EngineState, inputs: readonly StepInput[], size: number): Promise<Trained> {
    const { optimizer } = this.#options;
    const feeds = inputs.map((input) => this.#feeds(input, size));
    const factors = inputs.map((_, index) => stepFactors(optimizer, before.step + 1 + index));
    const { block } = await this.#sessionsFor(size);
    const outputs = await block.run({
      ...vectorsOf(before),
      ...stacked(feeds),
      steps: turns(inputs.length),
      stepSize: floats(Float32Array.from(factors, ({ stepSize }) => stepSize)),
      secondCorrection: floats(Float32Array.from(factors, (one) => one.secondCorrection)),
    });
    const rows = readFloats(outputs['nll']).length / inputs.length;
    const scores = inputs.map(({ batch }, index) => scoresFrom(outputs, index * rows, batch.texts));
    return { state: stateFrom(outputs, before.step + inputs.length), scores };
  }

  #feeds({ batch, dropoutMask }: StepInput, size: number): Feeds {
    const { tokens: length, embedding: width, dropout } = this.#options.model;
    const chunks = new Chunks(batch.texts, size);
    const mask = (): Float32Array =>
      dropoutMask ?? new Float32Array(batch.texts * length * width).fill(1);
    return {
      turns: chunks.turns(),
      tokens: chunks.tokens(batch.tokens, length),
      textWeights: chunks.floats(new Float32Array(batch.texts).fill(1 / batch.texts)),
      ...(dropout === 0 ? {} : { dropoutMask: chunks.floats(mask(), [length, width]) }),
    };
  }

  async #sessionsFor(microBatch: number): Promise<Sessions> {
    if (this.#sessions?.microBatch === microBatch) return this.#sessions;
    await this.release();
    const shape = { ...this.#options, microBatch };
    const lazy = (build: () => Uint8Array): LazySession =>
      new LazySession(build, this.#options.threads, this.#create);
    this.#sessions = {
      microBatch,
      step: lazy(() => trainingGraph(shape)),
      block: lazy(() => trainingBlockGraph(shape)),
    };
    return this.#sessions;
  }
}

function vectorsOf({ parameters, firstMoments, secondMoments }: EngineState): Feeds {
  return {
    parameters: floats(parameters),
    firstMoments: floats(firstMoments),
    secondMoments: floats(secondMoments),
  };
}

/** The inputs of several steps, each along a new first axis; the number of turns is the same for all. */
function stacked(feeds: readonly Feeds[]): Feeds {
  const [first] = feeds;
  const { turns: count, tokens, ...reals } = first!;
  const shape = (one: Tensor): readonly number[] => [feeds.length, ...one.dims];
  const joined = Object.entries(reals).map(([name, one]) => {
    const parts = feeds.map((each) => readFloats(each[name]));
    const values = new Float32Array(parts.length * one.size);
    parts.forEach((part, index) => {
      values.set(part, index * one.size);
    });
    return [name, floats(values, shape(one))] as const;
  });
  const allTokens = new Int32Array(feeds.length * tokens!.size);
  feeds.forEach((each, index) => {
    allTokens.set(readIntegers(each['tokens']), index * tokens!.size);
  });
  return {
    ...Object.fromEntries(joined),
    turns: count!,
    tokens: integers(allTokens, shape(tokens!)),
  };
}

function stateFrom(outputs: InferenceSession.ReturnType, step: number): EngineState {
  return {
    parameters: readFloats(outputs['parametersAfter']),
    firstMoments: readFloats(outputs['firstMomentsAfter']),
    secondMoments: readFloats(outputs['secondMomentsAfter']),
    step,
  };
}

function scoresFrom(outputs: InferenceSession.ReturnType, first: number, texts: number): Scores {
  return {
    nll: Float64Array.from(readFloats(outputs['nll']).subarray(first, first + texts)),
    top1: Float64Array.from(readFloats(outputs['top1']).subarray(first, first + texts)),
  };
}

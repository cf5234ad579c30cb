import type { Tensor } from 'onnxruntime-node';
import type { ModelConfig } from '../../../config/run-schema.js';
import type { AdamwOptions, EngineState, Scores, StepInput } from '../../engine.js';
import { stepFactors } from '../adamw.js';
import { Chunks } from '../chunks.js';
import { LazySession } from '../lazy-session.js';
import { floats, readFloats, scalar } from '../session.js';
import { ShrinkingSession } from '../shrinking-session.js';
import { updateGraph } from '../update-graph.js';
import { laneGradientGraph } from './lane-gradient-graph.js';
import { joinedScores } from './joined-scores.js';
import type { LanePool, LaneSession } from './lane-pool.js';
import type { Values } from './messages.js';
import { spread, type TextRange } from './spread.js';

interface LaneTrainingOptions {
  readonly model: ModelConfig;
  readonly optimizer: AdamwOptions;
  readonly microBatch: number;
}

/** Optimizer steps whose texts are spread over lanes; the lanes' gradients are added in their order. */
export class LaneTraining {
  readonly #options: LaneTrainingOptions;
  readonly #pool: LanePool;
  readonly #gradient: ShrinkingSession<LaneSession>;
  readonly #updates = new Map<number, LazySession>();

  constructor(options: LaneTrainingOptions, pool: LanePool) {
    this.#options = options;
    this.#pool = pool;
    const { model } = options;
    this.#gradient = new ShrinkingSession(options.microBatch, (microBatch) =>
      pool.session(() => laneGradientGraph({ model, microBatch })),
    );
  }

  /** Texts whose gradients one lane computes at once; it shrinks when memory runs out. */
  get microBatch(): number {
    return this.#gradient.size;
  }

  /** The state after one step, and the scores before it. */
  step(
    before: EngineState,
    input: StepInput,
  ): Promise<{ readonly state: EngineState; readonly scores: readonly Scores[] }> {
    return this.#gradient.attempt(async (session, size) => {
      const ranges = spread(input.batch.texts, size, this.#pool.lanes);
      const parameters = floats(before.parameters);
      const lanes = await session.run(
        ranges.map((range) => ({ parameters, ...this.#feeds(input, range, size) })),
      );
      const state = await this.#update(before, lanes);
      return { state, scores: [joinedScores(lanes, ranges)] };
    });
  }

  async release(): Promise<void> {
    await this.#gradient.release();
    for (const session of this.#updates.values()) await session.release();
  }

  #feeds(
    { batch, dropoutMask }: StepInput,
    { begin, end }: TextRange,
    size: number,
  ): Values<Tensor> {
    const { tokens: length, embedding: width, dropout } = this.#options.model;
    const texts = end - begin;
    const chunks = new Chunks(texts, size);
    const weights = new Float32Array(texts).fill(1 / batch.texts);
    const perText = length * width;
    const mask = (): Float32Array =>
      dropoutMask?.slice(begin * perText, end * perText) ??
      new Float32Array(texts * perText).fill(1);
    return {
      turns: chunks.turns(),
      tokens: chunks.tokens(batch.tokens.subarray(begin * length, end * length), length),
      textWeights: chunks.floats(weights),
      ...(dropout === 0 ? {} : { dropoutMask: chunks.floats(mask(), [length, width]) }),
    };
  }

  async #update(before: EngineState, lanes: readonly Values<Tensor>[]): Promise<EngineState> {
    const { parameters, firstMoments, secondMoments } = before;
    const step = before.step + 1;
    const factors = stepFactors(this.#options.optimizer, step);
    const gradients = lanes.map(
      (outputs, lane) => [`gradient${lane}`, outputs['gradient']!] as const,
    );
    const outputs = await this.#updateOf(lanes.length).run({
      parameters: floats(parameters),
      firstMoments: floats(firstMoments),
      secondMoments: floats(secondMoments),
      ...Object.fromEntries(gradients),
      stepSize: scalar(factors.stepSize),
      secondCorrection: scalar(factors.secondCorrection),
    });
    return {
      parameters: readFloats(outputs['parametersAfter']),
      firstMoments: readFloats(outputs['firstMomentsAfter']),
      secondMoments: readFloats(outputs['secondMomentsAfter']),
      step,
    };
  }

  #updateOf(lanes: number): LazySession {
    const known = this.#updates.get(lanes);
    if (known !== undefined) return known;
    const { model, optimizer } = this.#options;
    // The other lanes have nothing to do meanwhile.
    const session = new LazySession(
      () => updateGraph({ model, optimizer, gradients: lanes }),
      lanes,
    );
    this.#updates.set(lanes, session);
    return session;
  }
}

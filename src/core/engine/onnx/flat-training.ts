import type { Tensor } from 'onnxruntime-node';
import type { ModelConfig } from '../../config/run-schema.js';
import { parameterCount } from '../../model/parameter-count.js';
import type { AdamwOptions, Scores, TokenBatch } from '../engine.js';
import { stepFactors } from './adamw.js';
import type { FlatBackend } from './flat-backend.js';
import { gradientGraph } from './flat-graphs.js';
import { LazySession } from './lazy-session.js';
import { MicroBatch } from './out-of-memory.js';
import { floats, integers, readFloats, scalar } from './session.js';
import type { Transfer } from './transfer.js';
import { updateGraph } from './update-graph.js';

/** An engine's state as vectors [P] on the device. */
export interface DeviceState {
  readonly parameters: Tensor;
  readonly firstMoments: Tensor;
  readonly secondMoments: Tensor;
  /** Optimizer steps taken. */
  readonly step: number;
}

interface FlatTrainingOptions {
  readonly model: ModelConfig;
  readonly optimizer: AdamwOptions;
  readonly microBatch: number;
}

interface Gradient {
  readonly gradient: Tensor; // [P], on the device
  readonly scores: Scores;
}

/** Optimizer steps with one call per micro-batch, and one for the update. */
export class FlatTraining {
  readonly #options: FlatTrainingOptions;
  readonly #backend: FlatBackend;
  readonly #transfer: Transfer;
  readonly #microBatch: MicroBatch;
  readonly #update: LazySession;
  #gradient: { readonly size: number; readonly session: LazySession } | null = null;
  #zeros: Tensor | null = null;

  constructor(options: FlatTrainingOptions, backend: FlatBackend, transfer: Transfer) {
    const { model, optimizer, microBatch } = options;
    this.#options = options;
    this.#backend = backend;
    this.#transfer = transfer;
    this.#microBatch = new MicroBatch(microBatch);
    this.#update = new LazySession(
      () => updateGraph({ model, optimizer, gradients: 1 }, backend.dialect),
      backend.threads,
      (bytes) =>
        backend.createSession(bytes, [
          'parametersAfter',
          'firstMomentsAfter',
          'secondMomentsAfter',
        ]),
    );
  }

  /** Texts whose gradients are computed at once; it shrinks when the device runs out of memory. */
  get microBatch(): number {
    return this.#microBatch.size;
  }

  /** The state after one step, with the one before it as it was. */
  step(
    before: DeviceState,
    batch: TokenBatch,
    dropoutMask: Float32Array | undefined,
  ): Promise<{ readonly state: DeviceState; readonly scores: Scores }> {
    return this.#microBatch.attempt(async (size) => {
      const { gradient, scores } = await this.#sum(before.parameters, batch, dropoutMask, size);
      try {
        return { state: await this.#updated(before, gradient), scores };
      } finally {
        gradient.dispose();
      }
    });
  }

  async release(): Promise<void> {
    this.#zeros?.dispose();
    await this.#gradient?.session.release();
    await this.#update.release();
  }

  async #updated(before: DeviceState, gradient: Tensor): Promise<DeviceState> {
    const { parameters, firstMoments, secondMoments } = before;
    const step = before.step + 1;
    const factors = stepFactors(this.#options.optimizer, step);
    const outputs = await this.#update.run({
      ...{ parameters, firstMoments, secondMoments, gradient0: gradient },
      stepSize: scalar(factors.stepSize),
      secondCorrection: scalar(factors.secondCorrection),
    });
    return {
      parameters: outputs['parametersAfter']!,
      firstMoments: outputs['firstMomentsAfter']!,
      secondMoments: outputs['secondMomentsAfter']!,
      step,
    };
  }

  /** The gradient of the batch's mean loss, summed over micro-batches of `size` texts. */
  async #sum(
    parameters: Tensor,
    batch: TokenBatch,
    dropoutMask: Float32Array | undefined,
    size: number,
  ): Promise<Gradient> {
    const session = await this.#sessionFor(size);
    const zeros = await this.#zeroVector();
    const scores = { nll: new Float64Array(batch.texts), top1: new Float64Array(batch.texts) };
    let gradient = zeros;
    const drop = (tensor: Tensor): void => {
      if (tensor !== zeros) tensor.dispose();
    };
    for (let first = 0; first < batch.texts; first += size) {
      const feeds = this.#feeds(batch, dropoutMask, first, size);
      const before = gradient;
      try {
        const outputs = await session.run({ ...feeds, parameters, gradient: before });
        gradient = outputs['gradientAfter']!;
        const count = Math.min(size, batch.texts - first);
        scores.nll.set(readFloats(outputs['nll']).subarray(0, count), first);
        scores.top1.set(readFloats(outputs['top1']).subarray(0, count), first);
      } finally {
        drop(before);
      }
    }
    return { gradient, scores };
  }

  /** The inputs of one micro-batch; rows beyond the batch have the weight 0. */
  #feeds(
    batch: TokenBatch,
    dropoutMask: Float32Array | undefined,
    first: number,
    size: number,
  ): Readonly<Record<string, Tensor>> {
    const { tokens: length, embedding: width, dropout } = this.#options.model;
    const count = Math.min(size, batch.texts - first);
    const tokens = new Int32Array(size * length);
    tokens.set(batch.tokens.subarray(first * length, (first + count) * length));
    const weights = new Float32Array(size).fill(1 / batch.texts, 0, count);
    const feeds = { tokens: integers(tokens, [size, length]), textWeights: floats(weights) };
    if (dropout === 0) return feeds;
    const perText = length * width;
    const mask = new Float32Array(size * perText).fill(1);
    if (dropoutMask !== undefined)
      mask.set(dropoutMask.subarray(first * perText, (first + count) * perText));
    return { ...feeds, dropoutMask: floats(mask, [size, length, width]) };
  }

  async #sessionFor(size: number): Promise<LazySession> {
    if (this.#gradient?.size === size) return this.#gradient.session;
    const { model } = this.#options;
    const { threads, dialect, createSession } = this.#backend;
    await this.#gradient?.session.release();
    const session = new LazySession(
      () => gradientGraph(model, size, dialect),
      threads,
      (bytes) => createSession(bytes, ['gradientAfter']),
    );
    this.#gradient = { size, session };
    return session;
  }

  /** Where every sum begins; never written to. */
  async #zeroVector(): Promise<Tensor> {
    this.#zeros ??= await this.#transfer.up(new Float32Array(parameterCount(this.#options.model)));
    return this.#zeros;
  }
}

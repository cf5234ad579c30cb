import type { Tensor } from 'onnxruntime-node';
import type { ModelConfig } from '../../config/run-schema.js';
import { VOCABULARY_SIZE } from '../../data/vocabulary.js';
import type { AdamwOptions, Engine, EngineIdentity, EngineState } from '../engine.js';
import type { SampleOptions, Scores, StepOptions, TokenBatch } from '../engine.js';
import { checkBatch, checkPrompt, checkStep, checkTemperature, copyOfState } from './checks.js';
import { Chunks } from './chunks.js';
import type { FlatBackend } from './flat-backend.js';
import { flatEvaluationGraph, flatLogProbabilitiesGraph } from './flat-graphs.js';
import { FlatSampler } from './flat-sampler.js';
import { type DeviceState, FlatTraining } from './flat-training.js';
import { LazySession } from './lazy-session.js';
import { runtimeVersion } from './runtime-version.js';
import { integers, readFloats, scalar } from './session.js';
import { Transfer } from './transfer.js';

export interface FlatEngineOptions {
  readonly model: ModelConfig;
  /** Null for an engine that never steps. */
  readonly optimizer: AdamwOptions | null;
  /** Texts in the largest batch of `step`. */
  readonly batchSize: number;
  /** The parameters to start from, [P]; they are copied. */
  readonly parameters: Float32Array;
  /** Texts whose gradients are computed at once, to begin with. */
  readonly microBatch: number;
}

/**
 * The engine for providers whose graphs have no loops, such as WebGPU: one call per micro-batch, and one for the update.
 *
 * Parameters, moments and gradients stay on the device between calls; tokens, weights and dropout masks go up, scores
 * come down.
 */
export class FlatEngine implements Engine {
  readonly #options: FlatEngineOptions;
  readonly #backend: FlatBackend;
  readonly #transfer: Transfer;
  readonly #training: FlatTraining | null;
  readonly #evaluation: LazySession;
  readonly #logProbabilities: LazySession;
  readonly #sampler: FlatSampler;
  #state: DeviceState;

  /** @throws RangeError when the parameters do not fit the model */
  static async create(options: FlatEngineOptions, backend: FlatBackend): Promise<FlatEngine> {
    const { model, parameters } = options;
    const transfer = new Transfer(backend);
    const zeros = new Float32Array(parameters.length);
    const start = { parameters, firstMoments: zeros, secondMoments: zeros, step: 0 };
    return new FlatEngine(options, backend, transfer, await moveUp(transfer, model, start));
  }

  private constructor(
    options: FlatEngineOptions,
    backend: FlatBackend,
    transfer: Transfer,
    state: DeviceState,
  ) {
    const { model, optimizer, microBatch } = options;
    this.#options = options;
    this.#backend = backend;
    this.#transfer = transfer;
    this.#state = state;
    this.#training =
      optimizer === null
        ? null
        : new FlatTraining({ model, optimizer, microBatch }, backend, transfer);
    const lazy = (build: () => Uint8Array): LazySession =>
      new LazySession(build, backend.threads, (bytes) => backend.createSession(bytes, []));
    this.#evaluation = lazy(() => flatEvaluationGraph(model, microBatch, backend.dialect));
    this.#logProbabilities = lazy(() =>
      flatLogProbabilitiesGraph(model, microBatch, backend.dialect),
    );
    this.#sampler = new FlatSampler(model, backend, transfer);
  }

  get identity(): EngineIdentity {
    return {
      engine: 'onnx',
      device: this.#backend.device,
      version: `onnxruntime ${runtimeVersion()}`,
      threads: this.#backend.threads,
      microBatch: this.#training?.microBatch ?? this.#options.microBatch,
    };
  }

  async step(batch: TokenBatch, { dropoutMask }: StepOptions = {}): Promise<Scores> {
    if (this.#training === null) throw new Error('this engine was created without an optimizer');
    checkStep(this.#options, batch, dropoutMask);
    const before = this.#state;
    const { state, scores } = await this.#training.step(before, batch, dropoutMask);
    this.#state = state;
    disposeOf(before);
    return scores;
  }

  async evaluate(batch: TokenBatch): Promise<Scores> {
    const scores = { nll: new Float64Array(batch.texts), top1: new Float64Array(batch.texts) };
    await this.#forEachChunk(batch, this.#evaluation, {}, (outputs, first, count) => {
      scores.nll.set(readFloats(outputs['nll']).subarray(0, count), first);
      scores.top1.set(readFloats(outputs['top1']).subarray(0, count), first);
    });
    return scores;
  }

  async logProbabilities(batch: TokenBatch, temperature: number): Promise<Float32Array> {
    checkTemperature(temperature);
    const perText = this.#options.model.tokens * VOCABULARY_SIZE;
    const all = new Float32Array(batch.texts * perText);
    const feeds = { temperature: scalar(temperature) };
    await this.#forEachChunk(batch, this.#logProbabilities, feeds, (outputs, first, count) => {
      const part = readFloats(outputs['logProbabilities']).subarray(0, count * perText);
      all.set(part, first * perText);
    });
    return all;
  }

  sample(options: SampleOptions): Promise<Int32Array> {
    return new Promise((resolve) => {
      checkTemperature(options.temperature);
      if (options.prompt !== undefined) checkPrompt(options.prompt, this.#options.model.tokens);
      resolve(this.#sampler.sample(this.#state.parameters, options));
    });
  }

  async snapshot(): Promise<EngineState> {
    const { parameters, firstMoments, secondMoments, step } = this.#state;
    return {
      parameters: await this.#transfer.down(parameters),
      firstMoments: await this.#transfer.down(firstMoments),
      secondMoments: await this.#transfer.down(secondMoments),
      step,
    };
  }

  async restore(state: EngineState): Promise<void> {
    const before = this.#state;
    this.#state = await moveUp(this.#transfer, this.#options.model, state);
    disposeOf(before);
  }

  async dispose(): Promise<void> {
    disposeOf(this.#state);
    await this.#training?.release();
    for (const part of [this.#evaluation, this.#logProbabilities, this.#sampler, this.#transfer])
      await part.release();
  }

  async #forEachChunk(
    batch: TokenBatch,
    session: LazySession,
    feeds: Readonly<Record<string, Tensor>>,
    take: (outputs: Readonly<Record<string, Tensor>>, first: number, count: number) => void,
  ): Promise<void> {
    const length = this.#options.model.tokens;
    checkBatch(batch, length);
    const chunks = new Chunks(batch.texts, this.#options.microBatch);
    const { parameters } = this.#state;
    for (let first = 0; first < batch.texts; first += chunks.size) {
      const tokens = new Int32Array(chunks.size * length);
      tokens.set(batch.tokens.subarray(first * length, (first + chunks.size) * length));
      const shaped = integers(tokens, [chunks.size, length]);
      const outputs = await session.run({ ...feeds, parameters, tokens: shaped });
      take(outputs, first, Math.min(chunks.size, batch.texts - first));
    }
  }
}

async function moveUp(
  transfer: Transfer,
  model: ModelConfig,
  state: EngineState,
): Promise<DeviceState> {
  const { parameters, firstMoments, secondMoments, step } = copyOfState(model, state);
  return {
    parameters: await transfer.up(parameters),
    firstMoments: await transfer.up(firstMoments),
    secondMoments: await transfer.up(secondMoments),
    step,
  };
}

function disposeOf({ parameters, firstMoments, secondMoments }: DeviceState): void {
  for (const vector of [parameters, firstMoments, secondMoments]) vector.dispose();
}

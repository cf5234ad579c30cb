import type { Tensor } from 'onnxruntime-node';
import type { ModelConfig } from '../../config/run-schema.js';
import { VOCABULARY_SIZE } from '../../data/vocabulary.js';
import { SweepError } from '../../errors.js';
import type { AdamwOptions, Engine, EngineIdentity, EngineState } from '../engine.js';
import type { SampleOptions, Scores, StepOptions, TokenBatch } from '../engine.js';
import { deviceMicroBatchSize } from '../memory.js';
import { microBatchSize } from '../micro-batch.js';
import { stepFactors } from './adamw.js';
import { checkBatch, checkPrompt, checkStep, checkTemperature, copyOfState } from './checks.js';
import { Chunks } from './chunks.js';
import { evaluationGraph, logProbabilitiesGraph } from './evaluation-graph.js';
import type { FlatBackend } from './flat-backend.js';
import { FlatEngine } from './flat-engine.js';
import { LazySession } from './lazy-session.js';
import type { ProviderChoice } from './providers/provider.js';
import { WEBGPU_DIALECT, createWebgpuSession, requireAdapter } from './providers/webgpu.js';
import { Sampler } from './sampler.js';
import { floats, readFloats, runtimeVersion, scalar } from './session.js';
import { trainingGraph } from './training-graph.js';

export interface OnnxEngineOptions extends ProviderChoice {
  readonly model: ModelConfig;
  /** Null for an engine that never steps. */
  readonly optimizer: AdamwOptions | null;
  /** Texts in the largest batch of `step`. */
  readonly batchSize: number;
  /** The parameters to start from, [P]; they are copied. */
  readonly parameters: Float32Array;
  readonly threads: number;
  /** Texts whose gradients are computed at once. @default what suits the model's shape and the processor's cache */
  readonly microBatch?: number;
}

// Scores need no gradients, but the largest activation should stay as small as in training.
const EVALUATED_AT_ONCE = 32;

/**
 * The engine that runs graphs by ONNX Runtime, on the CPU unless another provider is asked for.
 *
 * Each graph is built when it is first needed, so that sampling a checkpoint waits for no training graph.
 *
 * @throws RangeError when the parameters do not fit the model
 * @throws SweepError `unavailable` when the provider does not work here
 */
export async function createOnnxEngine(options: OnnxEngineOptions): Promise<Engine> {
  const { provider = 'cpu', model, batchSize } = options;
  switch (provider) {
    case 'cpu':
      return new OnnxEngine(options);
    case 'webgpu': {
      const { allowSoftwareAdapter = false, microBatch } = options;
      await requireAdapter({ allowSoftware: allowSoftwareAdapter });
      const size = microBatch ?? deviceMicroBatchSize(model, batchSize);
      return FlatEngine.create({ ...options, microBatch: size }, WEBGPU_BACKEND);
    }
    case 'cuda':
      throw new SweepError('unavailable', {
        message: 'training on cuda is not there yet',
        fix: 'Use cpu or webgpu.',
      });
  }
}

const WEBGPU_BACKEND: FlatBackend = {
  device: 'webgpu',
  dialect: WEBGPU_DIALECT,
  threads: 1, // for what is left to the processor
  createSession: createWebgpuSession,
};

class OnnxEngine implements Engine {
  readonly identity: EngineIdentity;
  readonly #options: OnnxEngineOptions;
  readonly #evaluated: number;
  readonly #training: { readonly session: LazySession; readonly optimizer: AdamwOptions } | null;
  readonly #evaluation: LazySession;
  readonly #logProbabilities: LazySession;
  readonly #sampler: Sampler;
  #state: EngineState;

  constructor(options: OnnxEngineOptions) {
    const { model, optimizer, batchSize, parameters, threads } = options;
    const microBatch = options.microBatch ?? microBatchSize(model, batchSize);
    this.identity = {
      engine: 'onnx',
      device: 'cpu',
      version: `onnxruntime ${runtimeVersion()}`,
      threads,
      microBatch,
    };
    this.#options = options;
    this.#evaluated = microBatchSize(model, EVALUATED_AT_ONCE);
    const lazy = (build: () => Uint8Array): LazySession => new LazySession(build, threads);
    this.#training =
      optimizer === null
        ? null
        : { optimizer, session: lazy(() => trainingGraph({ model, optimizer, microBatch })) };
    this.#evaluation = lazy(() => evaluationGraph(model, this.#evaluated));
    this.#logProbabilities = lazy(() => logProbabilitiesGraph(model, this.#evaluated));
    this.#sampler = new Sampler(model, threads);
    this.#state = copyOfState(model, {
      parameters,
      firstMoments: new Float32Array(parameters.length),
      secondMoments: new Float32Array(parameters.length),
      step: 0,
    });
  }

  async step(batch: TokenBatch, { dropoutMask }: StepOptions = {}): Promise<Scores> {
    if (this.#training === null) throw new Error('this engine was created without an optimizer');
    const { session, optimizer } = this.#training;
    checkStep(this.#options, batch, dropoutMask);
    const { tokens: length, embedding: width, dropout } = this.#options.model;
    const maskSize = batch.texts * length * width;
    const chunks = new Chunks(batch.texts, this.identity.microBatch);
    const step = this.#state.step + 1;
    const factors = stepFactors(optimizer, step);
    const mask = (): Float32Array => dropoutMask ?? new Float32Array(maskSize).fill(1);
    const outputs = await session.run({
      parameters: floats(this.#state.parameters),
      firstMoments: floats(this.#state.firstMoments),
      secondMoments: floats(this.#state.secondMoments),
      stepSize: scalar(factors.stepSize),
      secondCorrection: scalar(factors.secondCorrection),
      turns: chunks.turns(),
      tokens: chunks.tokens(batch.tokens, length),
      textWeights: chunks.floats(new Float32Array(batch.texts).fill(1 / batch.texts)),
      ...(dropout === 0 ? {} : { dropoutMask: chunks.floats(mask(), [length, width]) }),
    });
    this.#state = {
      parameters: readFloats(outputs['parametersAfter']),
      firstMoments: readFloats(outputs['firstMomentsAfter']),
      secondMoments: readFloats(outputs['secondMomentsAfter']),
      step,
    };
    return scoresFrom(outputs, batch.texts);
  }

  async evaluate(batch: TokenBatch): Promise<Scores> {
    const { model } = this.#options;
    checkBatch(batch, model.tokens);
    const chunks = new Chunks(batch.texts, this.#evaluated);
    const outputs = await this.#evaluation.run({
      parameters: floats(this.#state.parameters),
      turns: chunks.turns(),
      tokens: chunks.tokens(batch.tokens, model.tokens),
    });
    return scoresFrom(outputs, batch.texts);
  }

  async logProbabilities(batch: TokenBatch, temperature: number): Promise<Float32Array> {
    const { model } = this.#options;
    checkBatch(batch, model.tokens);
    checkTemperature(temperature);
    const chunks = new Chunks(batch.texts, this.#evaluated);
    const outputs = await this.#logProbabilities.run({
      parameters: floats(this.#state.parameters),
      temperature: scalar(temperature),
      turns: chunks.turns(),
      tokens: chunks.tokens(batch.tokens, model.tokens),
    });
    const size = batch.texts * model.tokens * VOCABULARY_SIZE;
    return readFloats(outputs['logProbabilities']).slice(0, size);
  }

  async sample(options: SampleOptions): Promise<Int32Array> {
    checkTemperature(options.temperature);
    if (options.prompt !== undefined) checkPrompt(options.prompt, this.#options.model.tokens);
    return this.#sampler.sample(this.#state.parameters, options);
  }

  snapshot(): Promise<EngineState> {
    return Promise.resolve(copyOfState(this.#options.model, this.#state));
  }

  restore(state: EngineState): Promise<void> {
    return new Promise((resolve) => {
      this.#state = copyOfState(this.#options.model, state);
      resolve();
    });
  }

  async dispose(): Promise<void> {
    await this.#training?.session.release();
    for (const part of [this.#evaluation, this.#logProbabilities, this.#sampler])
      await part.release();
  }
}

function scoresFrom(outputs: Readonly<Record<string, Tensor>>, texts: number): Scores {
  return {
    nll: Float64Array.from(readFloats(outputs['nll']).subarray(0, texts)),
    top1: Float64Array.from(readFloats(outputs['top1']).subarray(0, texts)),
  };
}

import type { Tensor } from 'onnxruntime-node';
import type { ModelConfig } from '../../config/run-schema.js';
import { VOCABULARY_SIZE } from '../../data/vocabulary.js';
import type {
  AdamwOptions,
  Engine,
  EngineIdentity,
  EngineState,
  StepBlock,
  StepInput,
} from '../engine.js';
import type { SampleOptions, Scores, StepOptions, TokenBatch } from '../engine.js';
import { readMachine } from '../machine.js';
import { deviceMicroBatchSize, estimateTrainingMemory, requireMemory } from '../memory.js';
import { microBatchSize } from '../micro-batch.js';
import { checkBatch, checkPrompt, checkStep, checkTemperature, copyOfState } from './checks.js';
import { Chunks } from './chunks.js';
import { evaluationGraph, logProbabilitiesGraph } from './evaluation-graph.js';
import type { FlatBackend } from './flat-backend.js';
import { FlatEngine } from './flat-engine.js';
import { LazySession } from './lazy-session.js';
import { LoopTraining } from './loop-training.js';
import type { ProviderChoice } from './providers/provider.js';
import { WEBGPU_DIALECT, createWebgpuSession, requireAdapter } from './providers/webgpu.js';
import { createCudaSession, requireCuda } from './providers/cuda.js';
import { Sampler } from './sampler.js';
import { createSession, floats, readFloats, runtimeVersion, scalar } from './session.js';

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
  /** Optimizer steps that one call should take. @default 16 on CUDA, else 1 */
  readonly stepsPerCall?: number;
}

// Scores need no gradients, but the largest activation should stay as small as in training.
const EVALUATED_AT_ONCE = 32;

/**
 * The engine that runs graphs by ONNX Runtime, on the CPU unless another provider is asked for.
 *
 * Each graph is built when it is first needed, so that sampling a checkpoint waits for no training graph.
 *
 * @throws RangeError when the parameters do not fit the model
 * @throws SweepError `unavailable` when the provider does not work here, or the training cannot fit into memory
 */
export async function createOnnxEngine(options: OnnxEngineOptions): Promise<Engine> {
  const { provider = 'cpu', model, optimizer, batchSize } = options;
  switch (provider) {
    case 'cpu':
      if (optimizer !== null)
        requireMemory(estimateTrainingMemory(model, batchSize), readMachine().memoryBytes);
      return new OnnxEngine(options);
    case 'webgpu': {
      const { allowSoftwareAdapter = false, microBatch } = options;
      await requireAdapter({ allowSoftware: allowSoftwareAdapter });
      const size = microBatch ?? deviceMicroBatchSize(model, batchSize);
      return FlatEngine.create({ ...options, microBatch: size }, WEBGPU_BACKEND);
    }
    case 'cuda': {
      const { deviceIndex = 0, microBatch } = options;
      await requireCuda(deviceIndex);
      const size = microBatch ?? deviceMicroBatchSize(model, batchSize);
      return new OnnxEngine(
        { stepsPerCall: CUDA_STEPS_PER_CALL, ...options, microBatch: size },
        'cuda',
        (bytes, threads) => createCudaSession(bytes, threads, deviceIndex),
      );
    }
  }
}

// The Node binding brings outputs back to the host at each call: with 16 steps that is a sixteenth of the traffic, and
// still a call every few tenths of a second.
const CUDA_STEPS_PER_CALL = 16;

const WEBGPU_BACKEND: FlatBackend = {
  device: 'webgpu',
  dialect: WEBGPU_DIALECT,
  threads: 1, // for what is left to the processor
  createSession: createWebgpuSession,
};

class OnnxEngine implements Engine {
  readonly block?: StepBlock;
  readonly #device: string;
  readonly #options: OnnxEngineOptions;
  readonly #evaluated: number;
  readonly #training: LoopTraining | null;
  readonly #evaluation: LazySession;
  readonly #logProbabilities: LazySession;
  readonly #sampler: Sampler;
  #state: EngineState;

  /** @param create makes the sessions */
  constructor(options: OnnxEngineOptions, device = 'cpu', create = createSession) {
    const { model, optimizer, batchSize, parameters, threads, stepsPerCall = 1 } = options;
    const microBatch = options.microBatch ?? microBatchSize(model, batchSize);
    this.#device = device;
    this.#options = options;
    this.#evaluated = microBatchSize(model, EVALUATED_AT_ONCE);
    const lazy = (build: () => Uint8Array): LazySession => new LazySession(build, threads, create);
    this.#training =
      optimizer === null
        ? null
        : new LoopTraining({ model, optimizer, microBatch, threads }, create);
    if (stepsPerCall > 1)
      this.block = { size: stepsPerCall, steps: (inputs) => this.#steps(inputs) };
    this.#evaluation = lazy(() => evaluationGraph(model, this.#evaluated));
    this.#logProbabilities = lazy(() => logProbabilitiesGraph(model, this.#evaluated));
    this.#sampler = new Sampler(model, threads, create);
    this.#state = copyOfState(model, {
      parameters,
      firstMoments: new Float32Array(parameters.length),
      secondMoments: new Float32Array(parameters.length),
      step: 0,
    });
  }

  get identity(): EngineIdentity {
    const { model, batchSize, threads, microBatch } = this.#options;
    return {
      engine: 'onnx',
      device: this.#device,
      version: `onnxruntime ${runtimeVersion()}`,
      threads,
      microBatch: this.#training?.microBatch ?? microBatch ?? microBatchSize(model, batchSize),
    };
  }

  async step(batch: TokenBatch, options: StepOptions = {}): Promise<Scores> {
    const training = this.#requireTraining();
    checkStep(this.#options, batch, options.dropoutMask);
    const { state, scores } = await training.step(this.#state, { batch, ...options });
    this.#state = state;
    return scores[0]!;
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

  async #steps(inputs: readonly StepInput[]): Promise<readonly Scores[]> {
    const training = this.#requireTraining();
    for (const { batch, dropoutMask } of inputs) checkStep(this.#options, batch, dropoutMask);
    const { state, scores } = await training.steps(this.#state, inputs);
    this.#state = state;
    return scores;
  }

  #requireTraining(): LoopTraining {
    if (this.#training === null) throw new Error('this engine was created without an optimizer');
    return this.#training;
  }

  async dispose(): Promise<void> {
    await this.#training?.release();
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

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
import { deviceMicroBatchSize, requireTrainingMemory } from '../memory.js';
import { microBatchSize } from '../micro-batch.js';
import { checkBatch, checkPrompt, checkStep, checkTemperature, copyOfState } from './checks.js';
import { Chunks } from './chunks.js';
import { evaluationGraph, logProbabilitiesGraph } from './evaluation-graph.js';
import type { FlatBackend } from './flat-backend.js';
import { FlatEngine } from './flat-engine.js';
import { joinedScores } from './lanes/joined-scores.js';
import { LanePool, type LaneSession } from './lanes/lane-pool.js';
import { LaneTraining } from './lanes/lane-training.js';
import type { Values } from './lanes/messages.js';
import { spread, type TextRange } from './lanes/spread.js';
import { LazySession } from './lazy-session.js';
import { LoopTraining } from './loop-training.js';
import type { ProviderChoice } from './providers/provider.js';
import { WEBGPU_DIALECT, createWebgpuSession, requireAdapter } from './providers/webgpu.js';
import { createCudaSession, requireCuda } from './providers/cuda.js';
import { Sampler } from './sampler.js';
import { ShrinkingSession } from './shrinking-session.js';
import { runtimeVersion } from './runtime-version.js';
import { createSession, floats, readFloats, scalar } from './session.js';

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
  const { provider = 'cpu', model, optimizer, batchSize, threads } = options;
  switch (provider) {
    case 'cpu':
      if (optimizer !== null) requireTrainingMemory(model, { batchSize, threads, isOnCpu: true });
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
  readonly #microBatch: number;
  readonly #pool: LanePool;
  readonly #training: LoopTraining | LaneTraining | null;
  readonly #evaluation: ShrinkingSession<LaneSession>;
  readonly #logProbabilities: ShrinkingSession<LaneSession>;
  readonly #sampler: Sampler;
  #state: EngineState;

  /** @param create makes the sessions of a device that needs no lanes; absent on the processor */
  constructor(options: OnnxEngineOptions, device = 'cpu', create?: typeof createSession) {
    const { model, optimizer, batchSize, parameters, threads, stepsPerCall = 1 } = options;
    const lanes = create === undefined ? threads : 1;
    const threadsPerLane = create === undefined ? 1 : threads;
    this.#device = device;
    this.#options = options;
    this.#microBatch = options.microBatch ?? microBatchSize(model, Math.ceil(batchSize / lanes));
    const own = (build: () => Uint8Array): LazySession =>
      new LazySession(build, threadsPerLane, create);
    this.#pool = new LanePool(lanes, own);
    this.#training = this.#createTraining(optimizer, threadsPerLane, create);
    const training = this.#training;
    if (stepsPerCall > 1 && training instanceof LoopTraining)
      this.block = { size: stepsPerCall, steps: (inputs) => this.#steps(training, inputs) };
    const evaluated = microBatchSize(model, EVALUATED_AT_ONCE);
    this.#evaluation = new ShrinkingSession(evaluated, (size) =>
      this.#pool.session(() => evaluationGraph(model, size)),
    );
    this.#logProbabilities = new ShrinkingSession(evaluated, (size) =>
      this.#pool.session(() => logProbabilitiesGraph(model, size)),
    );
    this.#sampler = new Sampler(model, this.#pool);
    this.#state = copyOfState(model, {
      parameters,
      firstMoments: new Float32Array(parameters.length),
      secondMoments: new Float32Array(parameters.length),
      step: 0,
    });
  }

  get identity(): EngineIdentity {
    const { threads } = this.#options;
    return {
      engine: 'onnx',
      device: this.#device,
      version: `onnxruntime ${runtimeVersion()}`,
      threads,
      microBatch: this.#training?.microBatch ?? this.#microBatch,
    };
  }

  async step(batch: TokenBatch, options: StepOptions = {}): Promise<Scores> {
    if (this.#training === null) throw withoutOptimizer();
    checkStep(this.#options, batch, options.dropoutMask);
    const { state, scores } = await this.#training.step(this.#state, { batch, ...options });
    this.#state = state;
    return scores[0]!;
  }

  async evaluate(batch: TokenBatch): Promise<Scores> {
    const { lanes, ranges } = await this.#forward(this.#evaluation, batch);
    return joinedScores(lanes, ranges);
  }

  async logProbabilities(batch: TokenBatch, temperature: number): Promise<Float32Array> {
    checkTemperature(temperature);
    const feeds = { temperature: scalar(temperature) };
    const { lanes, ranges } = await this.#forward(this.#logProbabilities, batch, feeds);
    const perText = this.#options.model.tokens * VOCABULARY_SIZE;
    const all = new Float32Array(batch.texts * perText);
    lanes.forEach((outputs, lane) => {
      const { begin, end } = ranges[lane]!;
      const part = readFloats(outputs['logProbabilities']).subarray(0, (end - begin) * perText);
      all.set(part, begin * perText);
    });
    return all;
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
    await this.#training?.release();
    for (const part of [this.#evaluation, this.#logProbabilities, this.#sampler])
      await part.release();
    await this.#pool.close();
  }

  #createTraining(
    optimizer: AdamwOptions | null,
    threads: number,
    create: typeof createSession | undefined,
  ): LoopTraining | LaneTraining | null {
    if (optimizer === null) return null;
    const options = { model: this.#options.model, optimizer, microBatch: this.#microBatch };
    return this.#pool.lanes > 1
      ? new LaneTraining(options, this.#pool)
      : new LoopTraining({ ...options, threads }, create ?? createSession);
  }

  async #steps(training: LoopTraining, inputs: readonly StepInput[]): Promise<readonly Scores[]> {
    for (const { batch, dropoutMask } of inputs) checkStep(this.#options, batch, dropoutMask);
    const { state, scores } = await training.steps(this.#state, inputs);
    this.#state = state;
    return scores;
  }

  /** Runs a graph that loops over chunks of texts, in all lanes. */
  #forward(
    graph: ShrinkingSession<LaneSession>,
    batch: TokenBatch,
    feeds: Values<Tensor> = {},
  ): Promise<{ readonly lanes: readonly Values<Tensor>[]; readonly ranges: readonly TextRange[] }> {
    const length = this.#options.model.tokens;
    checkBatch(batch, length);
    const parameters = floats(this.#state.parameters);
    return graph.attempt(async (session, size) => {
      const ranges = spread(batch.texts, size, this.#pool.lanes);
      const lanes = await session.run(
        ranges.map(({ begin, end }) => {
          const chunks = new Chunks(end - begin, size);
          const tokens = batch.tokens.subarray(begin * length, end * length);
          const shaped = chunks.tokens(tokens, length);
          return { ...feeds, parameters, turns: chunks.turns(), tokens: shaped };
        }),
      );
      return { lanes, ranges };
    });
  }
}

function withoutOptimizer(): Error {
  return new Error('this engine was created without an optimizer');
}

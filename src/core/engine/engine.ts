import type { GeneratorState } from '../random/generator.js';

/** Texts as tokens: [texts, T], row by row. */
export interface TokenBatch {
  readonly tokens: Int32Array;
  readonly texts: number;
}

/** One text's score under teacher forcing, over its T - 1 predicted positions, padding included. */
export interface Scores {
  /** −Σ log p of each text, in nats: [texts]. */
  readonly nll: Float64Array;
  /** Share of positions where the argmax is right: [texts]. */
  readonly top1: Float64Array;
}

/** Everything an optimizer step changes; vectors are in the order of `parameterLayout`. */
export interface EngineState {
  readonly parameters: Float32Array;
  readonly firstMoments: Float32Array;
  readonly secondMoments: Float32Array;
  /** Optimizer steps taken. */
  readonly step: number;
}

/** What an engine really runs on, as a run records it. */
export interface EngineIdentity {
  /** Such as `onnx`. */
  readonly engine: string;
  /** Such as `cpu` or `webgpu`. */
  readonly device: string;
  /** Version of the library underneath, such as `onnxruntime 1.30.0`. */
  readonly version: string;
  readonly threads: number;
  /** Texts whose gradients are computed at once; larger batches are summed from parts. */
  readonly microBatch: number;
}

export interface StepOptions {
  /** Factors on the sum of the embeddings, [texts, T, D]; absent means no dropout. */
  readonly dropoutMask?: Float32Array;
}

export interface SampleOptions {
  /** Texts to sample. */
  readonly count: number;
  /** Logits are divided by it; positive. */
  readonly temperature: number;
  /** Where the sampling noise starts; the same state gives the same texts. */
  readonly generator: GeneratorState;
  /** The tokens that every text begins with, after the start token: [prompt], shorter than T - 1. @default none */
  readonly prompt?: Int32Array;
}

/**
 * The narrow interface between the trainer and the mathematics.
 *
 * **Determinism**: an engine draws no random numbers of its own. On the same device and thread count the same calls
 * give the same bits.
 *
 * **Ownership**: arrays that are passed in are not kept after the promise settles; arrays that are returned belong to
 * the caller.
 *
 * **Order**: calls are made one at a time; each promise settles before the next call.
 */
export interface Engine {
  readonly identity: EngineIdentity;
  /** Forward, backward and one AdamW update on the batch's mean loss. Scores are those before the update. */
  step(batch: TokenBatch, options?: StepOptions): Promise<Scores>;
  /** Scores without dropout and without an update. */
  evaluate(batch: TokenBatch): Promise<Scores>;
  /** Log-probabilities of each next token, [texts, T, V]. Logits are divided by the temperature. */
  logProbabilities(batch: TokenBatch, temperature: number): Promise<Float32Array>;
  /**
   * Sampled texts as tokens, [count, T]; each row starts with the start token and the prompt.
   *
   * @throws RangeError when the prompt leaves nothing to sample or has tokens that do not exist
   */
  sample(options: SampleOptions): Promise<Int32Array>;
  /** A copy of the parameters and the optimizer's state. */
  snapshot(): Promise<EngineState>;
  /** Replaces parameters and optimizer state. @throws RangeError when the sizes do not fit the model */
  restore(state: EngineState): Promise<void>;
  /** Frees native memory; the engine cannot be used afterwards. */
  dispose(): Promise<void>;
}

/** Hyper-parameters of AdamW (Loshchilov and Hutter, 2019). */
export interface AdamwOptions {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
}

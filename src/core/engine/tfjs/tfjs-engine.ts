import * as tf from '@tensorflow/tfjs-core';
import type { ModelConfig } from '../../config/run-schema.js';
import { CLS, VOCABULARY_SIZE } from '../../data/vocabulary.js';
import { Generator } from '../../random/generator.js';
import type { AdamwOptions, Engine, EngineIdentity, EngineState } from '../engine.js';
import type { SampleOptions, Scores, StepOptions, TokenBatch } from '../engine.js';
import { checkBatch, checkPrompt, checkTemperature, copyOfState } from '../onnx/checks.js';
import { forceTokens, samplingNoise } from '../onnx/sampling-noise.js';
import { decodeTexts } from './decode.js';
import { modelLogits, oneHotRows } from './forward.js';
import { loadBackend, type TfjsBackend } from './load-backend.js';
import { readScores, type ScoreTensors, scoreTensors } from './scores.js';
import { adamwUpdate, batchGradients, type MicroBatch, type TrainingState } from './train-step.js';
import { type ParameterList, variablesFrom, vectorFrom, weightsOf } from './weights.js';

export interface TfjsEngineOptions {
  readonly model: ModelConfig;
  /** Null for an engine that never steps. */
  readonly optimizer: AdamwOptions | null;
  /** Texts in the largest batch of `step`. */
  readonly batchSize: number;
  /** The parameters to start from, [P]; they are copied. */
  readonly parameters: Float32Array;
  readonly backend: TfjsBackend;
  /** Index of the GPU; null for the first. */
  readonly gpu?: number | null;
  /** Texts whose gradients are computed at once. @default all: a GPU is quickest with large batches */
  readonly microBatch?: number;
}

/** Texts that are decoded side by side, as in the onnx engine: they take their noise in the same order. */
const LARGEST_GROUP = 64;
/** Texts that are scored at once. */
const EVALUATED_AT_ONCE = 32;

/**
 * The engine on TensorFlow.js. Everything it computes is built from tfjs-core's operations, so that the same code runs
 * on TensorFlow with CUDA and on the pure-JavaScript backend.
 *
 * @throws RangeError when the parameters do not fit the model, SweepError `unavailable` without the backend
 */
export async function createTfjsEngine(options: TfjsEngineOptions): Promise<Engine> {
  const { model, parameters } = options;
  const state = copyOfState(model, {
    parameters,
    firstMoments: new Float32Array(parameters.length),
    secondMoments: new Float32Array(parameters.length),
    step: 0,
  });
  const version = await loadBackend(options.backend, options.gpu ?? null);
  return new TfjsEngine(options, version, state);
}

class TfjsEngine implements Engine {
  readonly identity: EngineIdentity;
  readonly #options: TfjsEngineOptions;
  #state: TrainingState;
  #step: number;

  constructor(options: TfjsEngineOptions, version: string, state: EngineState) {
    this.#options = options;
    this.identity = {
      engine: 'tfjs',
      device: options.backend === 'javascript' ? 'cpu' : 'cuda',
      version,
      threads: 1, // what the host computes; the backends have no setting for it
      microBatch: options.microBatch ?? options.batchSize,
    };
    this.#state = upload(options.model, state);
    this.#step = state.step;
  }

  async step(batch: TokenBatch, { dropoutMask }: StepOptions = {}): Promise<Scores> {
    const { model, optimizer, batchSize } = this.#options;
    if (optimizer === null) throw new Error('this engine was created without an optimizer');
    checkBatch(batch, model.tokens);
    if (batch.texts > batchSize)
      throw new RangeError(`a batch must have at most ${batchSize} texts (got ${batch.texts})`);
    const maskSize = model.dropout === 0 ? 0 : batch.tokens.length * model.embedding;
    if (dropoutMask !== undefined && (maskSize === 0 || dropoutMask.length !== maskSize))
      throw new RangeError(
        `the dropout mask must have ${maskSize} elements (got ${dropoutMask.length})`,
      );

    const parts = partsOf(batch, model, this.identity.microBatch, dropoutMask);
    const { gradients, scores } = batchGradients(model, this.#state.parameters, parts);
    this.#step += 1;
    adamwUpdate(this.#state, gradients, optimizer, this.#step);
    tf.dispose([...gradients]);
    return readScores(scores);
  }

  async evaluate(batch: TokenBatch): Promise<Scores> {
    const { model } = this.#options;
    checkBatch(batch, model.tokens);
    const scores: ScoreTensors[] = [];
    for (const part of partsOf(batch, model, EVALUATED_AT_ONCE)) {
      const { nll, top1 } = tf.tidy(() => {
        const oneHot = oneHotRows(part.tokens);
        return { ...scoreTensors(model, modelLogits(model, this.#weights(), oneHot), oneHot) };
      });
      scores.push({ nll, top1 });
    }
    return readScores(scores);
  }

  async logProbabilities(batch: TokenBatch, temperature: number): Promise<Float32Array> {
    const { model } = this.#options;
    checkBatch(batch, model.tokens);
    checkTemperature(temperature);
    const all = new Float32Array(batch.tokens.length * VOCABULARY_SIZE);
    let offset = 0;
    for (const part of partsOf(batch, model, EVALUATED_AT_ONCE)) {
      const values = tf.tidy(() => {
        const logits = modelLogits(model, this.#weights(), oneHotRows(part.tokens));
        return tf.logSoftmax(tf.mul(logits, 1 / temperature));
      });
      all.set(await values.data<'float32'>(), offset);
      offset += values.size;
      values.dispose();
    }
    return all;
  }

  async sample(options: SampleOptions): Promise<Int32Array> {
    const { count, temperature, prompt } = options;
    const { model } = this.#options;
    checkTemperature(temperature);
    if (prompt !== undefined) checkPrompt(prompt, model.tokens);
    const length = model.tokens;
    const group = Math.min(count, LARGEST_GROUP);
    const generator = Generator.fromState(options.generator);
    const texts = new Int32Array(count * length);
    for (let first = 0; first < count; first += group) {
      const noiseShape = { positions: length - 1, used: length - 1, texts: group };
      const noise = samplingNoise(generator, temperature, noiseShape);
      if (prompt !== undefined) forceTokens(noise, prompt, group);
      const decoded = await decodeTexts(model, this.#weights(), noise, group); // [T − 1, group]
      for (let row = first; row < Math.min(count, first + group); row++) {
        texts[row * length] = CLS;
        for (let position = 1; position < length; position++)
          texts[row * length + position] = decoded[(position - 1) * group + row - first]!;
      }
    }
    return texts;
  }

  async snapshot(): Promise<EngineState> {
    const read = (list: ParameterList): Promise<Float32Array> =>
      vectorFrom(this.#options.model, list);
    return {
      parameters: await read(this.#state.parameters),
      firstMoments: await read(this.#state.firstMoments),
      secondMoments: await read(this.#state.secondMoments),
      step: this.#step,
    };
  }

  restore(state: EngineState): Promise<void> {
    return new Promise((resolve) => {
      const checked = copyOfState(this.#options.model, state);
      free(this.#state);
      this.#state = upload(this.#options.model, checked);
      this.#step = checked.step;
      resolve();
    });
  }

  dispose(): Promise<void> {
    free(this.#state);
    return Promise.resolve();
  }

  #weights(): ReturnType<typeof weightsOf> {
    return weightsOf(this.#options.model, this.#state.parameters);
  }
}

function upload(model: ModelConfig, state: EngineState): TrainingState {
  return {
    parameters: variablesFrom(model, state.parameters),
    firstMoments: variablesFrom(model, state.firstMoments),
    secondMoments: variablesFrom(model, state.secondMoments),
  };
}

function free({ parameters, firstMoments, secondMoments }: TrainingState): void {
  tf.dispose([...parameters, ...firstMoments, ...secondMoments]);
}

/** A batch in parts of at most `size` texts. */
function partsOf(
  { tokens, texts }: TokenBatch,
  { tokens: length, embedding: width, dropout }: ModelConfig,
  size: number,
  dropoutMask?: Float32Array,
): MicroBatch[] {
  const parts: MicroBatch[] = [];
  for (let first = 0; first < texts; first += size) {
    const last = Math.min(texts, first + size);
    const rows = length * width;
    parts.push({
      tokens: tokens.slice(first * length, last * length),
      texts: last - first,
      dropoutMask: dropout === 0 ? undefined : dropoutMask?.slice(first * rows, last * rows),
    });
  }
  return parts;
}

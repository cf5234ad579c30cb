import type { Tensor } from 'onnxruntime-node';
import type { ModelConfig } from '../../config/run-schema.js';
import { CLS, VOCABULARY_SIZE } from '../../data/vocabulary.js';
import { Generator } from '../../random/generator.js';
import type { SampleOptions } from '../engine.js';
import { carriedByDecoding, flatDecodingGraph } from './flat-decoding.js';
import type { FlatBackend } from './flat-backend.js';
import { LazySession } from './lazy-session.js';
import { MASKED } from './operations/causal-attention.js';
import { forceTokens, samplingNoise } from './sampling-noise.js';
import { floats } from './session.js';
import type { Transfer } from './transfer.js';

/** Texts that are decoded side by side; more are decoded in groups. */
const LARGEST_GROUP = 256;

/** Samples texts with one call per position; the caches stay on the device. */
export class FlatSampler {
  readonly #model: ModelConfig;
  readonly #backend: FlatBackend;
  readonly #transfer: Transfer;
  readonly #sessions = new Map<number, LazySession>();

  constructor(model: ModelConfig, backend: FlatBackend, transfer: Transfer) {
    this.#model = model;
    this.#backend = backend;
    this.#transfer = transfer;
  }

  /** Sampled texts, [count, T]; each starts with the start token and the prompt. */
  async sample(parameters: Tensor, options: SampleOptions): Promise<Int32Array> {
    const { count, temperature, prompt } = options;
    const length = this.#model.tokens;
    const group = Math.min(count, LARGEST_GROUP);
    const generator = Generator.fromState(options.generator);
    const texts = new Int32Array(count * length);
    for (let first = 0; first < count; first += group) {
      const shape = { positions: length - 1, used: length - 1, texts: group };
      const noise = samplingNoise(generator, temperature, shape);
      if (prompt !== undefined) forceTokens(noise, prompt, group);
      const decoded = await this.#decode(parameters, noise, group); // [group, T]
      for (let row = first; row < Math.min(count, first + group); row++) {
        texts[row * length] = CLS;
        for (let position = 1; position < length; position++)
          texts[row * length + position] = decoded[(row - first) * length + position - 1]!;
      }
    }
    return texts;
  }

  async release(): Promise<void> {
    for (const session of this.#sessions.values()) await session.release();
  }

  async #decode(parameters: Tensor, noise: Float32Array, group: number): Promise<Float32Array> {
    const { tokens: length } = this.#model;
    const names = carriedByDecoding(this.#model, group);
    const session = this.#session(group);
    const perPosition = group * VOCABULARY_SIZE;
    let carried = this.#start(group);
    for (let position = 0; position < length - 1; position++) {
      const begin = position * perPosition;
      const outputs = await session.run({
        ...carried,
        parameters,
        here: floats(new Float32Array(length).fill(1, position, position + 1), [1, length]),
        hidden: floats(new Float32Array(length).fill(MASKED, position + 1)),
        noise: floats(noise.subarray(begin, begin + perPosition), [group, VOCABULARY_SIZE]),
      });
      dispose(carried);
      carried = Object.fromEntries(names.map(({ name }) => [name, outputs[`${name}After`]!]));
    }
    const decoded = await this.#transfer.down(carried['tokens']!);
    dispose(carried);
    return decoded;
  }

  /** Empty caches and the start token. */
  #start(group: number): Readonly<Record<string, Tensor>> {
    return Object.fromEntries(
      carriedByDecoding(this.#model, group).map(({ name, shape }) => {
        const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
        if (name === 'lastToken')
          for (let text = 0; text < group; text++) values[text * VOCABULARY_SIZE + CLS] = 1;
        return [name, floats(values, shape)];
      }),
    );
  }

  #session(group: number): LazySession {
    const known = this.#sessions.get(group);
    if (known !== undefined) return known;
    const onDevice = carriedByDecoding(this.#model, group).map(({ name }) => `${name}After`);
    const session = new LazySession(
      () => flatDecodingGraph(this.#model, group, this.#backend.dialect),
      this.#backend.threads,
      (model) => this.#backend.createSession(model, onDevice),
    );
    this.#sessions.set(group, session);
    return session;
  }
}

function dispose(tensors: Readonly<Record<string, Tensor>>): void {
  for (const tensor of Object.values(tensors)) tensor.dispose();
}

import type { ModelConfig } from '../../config/run-schema.js';
import { CLS } from '../../data/vocabulary.js';
import { Generator } from '../../random/generator.js';
import type { SampleOptions } from '../engine.js';
import { type DecodingShape, decodingShape } from './decoding-cache.js';
import { decodingGraph } from './decoding-graph.js';
import { LazySession } from './lazy-session.js';
import { forceTokens, samplingNoise } from './sampling-noise.js';
import { floats, readIntegers } from './session.js';

/** Texts that are decoded side by side; more are decoded in groups. */
const LARGEST_GROUP = 64;

/** Samples texts with a decoding graph per group size. */
export class Sampler {
  readonly #model: ModelConfig;
  readonly #threads: number;
  readonly #sessions = new Map<number, LazySession>();

  constructor(model: ModelConfig, threads: number) {
    this.#model = model;
    this.#threads = threads;
  }

  /** Sampled texts, [count, T]; each starts with the start token and the prompt. */
  async sample(parameters: Float32Array, options: SampleOptions): Promise<Int32Array> {
    const { count, temperature, prompt } = options;
    const length = this.#model.tokens;
    const shape = decodingShape(this.#model, Math.min(count, LARGEST_GROUP));
    const positions = shape.chunks * shape.chunkLength;
    const generator = Generator.fromState(options.generator);
    const texts = new Int32Array(count * length);
    for (let first = 0; first < count; first += shape.texts) {
      const noiseShape = { positions, used: length - 1, texts: shape.texts };
      const noise = samplingNoise(generator, temperature, noiseShape);
      if (prompt !== undefined) forceTokens(noise, prompt, shape.texts);
      const { tokens } = await this.#session(shape).run({
        parameters: floats(parameters),
        noise: floats(noise, [positions, shape.texts, noise.length / positions / shape.texts]),
      });
      const decoded = readIntegers(tokens); // [positions, texts]
      for (let row = first; row < Math.min(count, first + shape.texts); row++) {
        texts[row * length] = CLS;
        for (let position = 1; position < length; position++)
          texts[row * length + position] = decoded[(position - 1) * shape.texts + row - first]!;
      }
    }
    return texts;
  }

  async release(): Promise<void> {
    for (const session of this.#sessions.values()) await session.release();
  }

  #session(shape: DecodingShape): LazySession {
    const known = this.#sessions.get(shape.texts);
    if (known !== undefined) return known;
    const session = new LazySession(() => decodingGraph(shape), this.#threads);
    this.#sessions.set(shape.texts, session);
    return session;
  }
}

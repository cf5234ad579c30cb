import type { ModelConfig } from '../../config/run-schema.js';
import { CLS, VOCABULARY_SIZE } from '../../data/vocabulary.js';
import { Generator } from '../../random/generator.js';
import type { SampleOptions } from '../engine.js';
import { type DecodingShape, decodingShape } from './decoding-cache.js';
import { decodingGraph } from './decoding-graph.js';
import type { LanePool, LaneSession } from './lanes/lane-pool.js';
import { forceTokens, samplingNoise } from './sampling-noise.js';
import { floats, readIntegers } from './session.js';

/** Texts that are decoded side by side; more are decoded in groups. */
const LARGEST_GROUP = 64;

/** Samples texts, spread over lanes, with a decoding graph for each number of texts that a lane decodes side by side. */
export class Sampler {
  readonly #model: ModelConfig;
  readonly #pool: LanePool;
  readonly #sessions = new Map<number, LaneSession>();

  constructor(model: ModelConfig, pool: LanePool) {
    this.#model = model;
    this.#pool = pool;
  }

  /** Sampled texts, [count, T]; each starts with the start token and the prompt. */
  async sample(
    parameters: Float32Array,
    { count, temperature, prompt, generator: state }: SampleOptions,
  ): Promise<Int32Array> {
    const length = this.#model.tokens;
    const perLane = textsPerLane(count, this.#pool.lanes);
    const shape = decodingShape(this.#model, perLane);
    const positions = shape.chunks * shape.chunkLength;
    const session = this.#session(shape);
    const generator = Generator.fromState(state);
    const texts = new Int32Array(count * length);
    for (let first = 0; first < count; first += perLane * this.#pool.lanes) {
      const lanes = Math.min(this.#pool.lanes, Math.ceil((count - first) / perLane));
      const feeds = Array.from({ length: lanes }, () => {
        const noiseShape = { positions, used: length - 1, texts: perLane };
        const noise = samplingNoise(generator, temperature, noiseShape);
        if (prompt !== undefined) forceTokens(noise, prompt, perLane);
        const dims = [positions, perLane, VOCABULARY_SIZE];
        return { parameters: floats(parameters), noise: floats(noise, dims) };
      });
      const outputs = await session.run(feeds);
      outputs.forEach(({ tokens }, lane) => {
        const begin = first + lane * perLane;
        const place = { texts, begin, end: Math.min(count, begin + perLane), length };
        copyTexts(readIntegers(tokens), perLane, place);
      });
    }
    return texts;
  }

  async release(): Promise<void> {
    for (const session of this.#sessions.values()) await session.release();
  }

  #session(shape: DecodingShape): LaneSession {
    const known = this.#sessions.get(shape.texts);
    if (known !== undefined) return known;
    const session = this.#pool.session(() => decodingGraph(shape));
    this.#sessions.set(shape.texts, session);
    return session;
  }
}

function textsPerLane(count: number, lanes: number): number {
  return Math.min(Math.ceil(count / lanes), Math.max(1, Math.floor(LARGEST_GROUP / lanes)));
}

/** Rows `begin` to `end - 1` of texts, from decoded tokens [positions, perLane]. */
function copyTexts(
  decoded: Int32Array,
  perLane: number,
  place: {
    readonly texts: Int32Array;
    readonly begin: number;
    readonly end: number;
    readonly length: number;
  },
): void {
  const { texts, begin, end, length } = place;
  for (let row = begin; row < end; row++) {
    texts[row * length] = CLS;
    for (let position = 1; position < length; position++)
      texts[row * length + position] = decoded[(position - 1) * perLane + row - begin]!;
  }
}

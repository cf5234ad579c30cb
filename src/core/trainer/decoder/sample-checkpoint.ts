import type { ModelConfig } from '../../config/run-schema.js';
import { decodeTokens } from '../../data/vocabulary.js';
import { createEngine } from '../../engine/select-engine.js';
import { Generator } from '../../random/generator.js';

/** What to sample from a trained model. */
export interface CheckpointSampling {
  readonly model: ModelConfig;
  /** [P] */
  readonly parameters: Float32Array;
  readonly count: number;
  readonly temperature: number;
  /** Tokens that every text begins with, without the start token. */
  readonly prompt: Int32Array;
  readonly seed: number;
  readonly threads: number;
  /** `auto` or the name of a device. */
  readonly device: string;
}

// Texts that are decoded side by side: a few cost hardly more time than one, and the first ones should come soon.
const GROUP = 8;

/**
 * Samples texts from a trained model and gives each group of them as soon as it is made.
 *
 * **Determinism**: the same seed gives the same texts on the same device and thread count, and asking for more of them
 * does not change the first ones.
 */
export async function* sampleCheckpoint(sampling: CheckpointSampling): AsyncGenerator<string> {
  const { model, parameters, count, temperature, prompt, seed, threads, device } = sampling;
  const length = model.tokens;
  const options = { model, optimizer: null, batchSize: 1, parameters, threads, device };
  const engine = await createEngine(options);
  try {
    for (let first = 0; first < count; first += GROUP) {
      const generator = Generator.fromSeed(seed, `sample/${temperature}/${first}`).state();
      // Always a whole group: the noise of a text then does not depend on how many are asked for.
      const tokens = await engine.sample({ count: GROUP, temperature, generator, prompt });
      for (let row = 0; row < Math.min(GROUP, count - first); row++)
        yield decodeTokens(tokens.subarray(row * length, (row + 1) * length));
    }
  } finally {
    await engine.dispose();
  }
}

import { VOCABULARY_SIZE } from '../../data/vocabulary.js';
import type { Generator } from '../../random/generator.js';

export interface NoiseShape {
  readonly positions: number;
  /** Positions that are used; the noise of those after them is 0. */
  readonly used: number;
  readonly texts: number;
}

/**
 * Noise that turns an argmax into a sample: the argmax of logits/t + Gumbel noise has the probabilities of
 * softmax(logits/t) (Gumbel, 1954; Maddison et al., 2014). Scaled by the temperature t it is added to the logits
 * themselves, which stays exact at temperatures near 0.
 *
 * Drawn text by text, so that the first texts do not depend on how many follow.
 *
 * @returns noise per position, text and token: [positions, texts, V]
 */
export function samplingNoise(
  generator: Generator,
  temperature: number,
  { positions, used, texts }: NoiseShape,
): Float32Array {
  const noise = new Float32Array(positions * texts * VOCABULARY_SIZE);
  for (let text = 0; text < texts; text++) {
    for (let position = 0; position < used; position++) {
      const row = (position * texts + text) * VOCABULARY_SIZE;
      for (let token = 0; token < VOCABULARY_SIZE; token++)
        noise[row + token] = temperature * gumbel(generator);
    }
  }
  return noise;
}

// Above every logit, so that the argmax of the sum is the token that has it.
const CERTAIN = 1e9;

/**
 * Replaces the noise of the first positions by one that leaves a single choice, so that the decoding graph goes through
 * these tokens as if it had sampled them. The noise of later positions stays as it was drawn.
 *
 * @param noise [positions, texts, V], changed in place
 * @param tokens one for each of the first positions, the same for all texts
 */
export function forceTokens(noise: Float32Array, tokens: Int32Array, texts: number): void {
  noise.fill(0, 0, tokens.length * texts * VOCABULARY_SIZE);
  tokens.forEach((token, position) => {
    for (let text = 0; text < texts; text++)
      noise[(position * texts + text) * VOCABULARY_SIZE + token] = CERTAIN;
  });
}

function gumbel(generator: Generator): number {
  // 24 random bits and a half step: never 0 and never 1, where the logarithms end.
  const uniform = generator.uniformFloat32() + 2 ** -25;
  return -Math.log(-Math.log(uniform));
}

import type { Generator } from './generator.js';

/**
 * Factors for inverted dropout (Srivastava et al., 2014): 0 with probability `rate`, else 1 / (1 - rate), so that the
 * expected activation is unchanged and nothing has to be scaled at evaluation.
 *
 * @param size number of factors
 * @param rate in [0, 1)
 */
export function dropoutMask(size: number, rate: number, generator: Generator): Float32Array {
  const kept = 1 / (1 - rate);
  const mask = new Float32Array(size);
  for (let index = 0; index < size; index++) {
    if (generator.uniformFloat32() >= rate) mask[index] = kept;
  }
  return mask;
}

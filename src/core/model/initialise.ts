import type { ModelConfig } from '../config/run-schema.js';
import { Generator } from '../random/generator.js';
import { parameterLayout } from './layout.js';

/**
 * The flat vector of all parameters at the start of training, [parameterCount(model)].
 *
 * Distributions are PyTorch's defaults: embeddings N(0, 1), linear layers U(±1/√inputs), layer norms 1 and 0.
 */
export function initialiseParameters(model: ModelConfig, seed: number): Float32Array {
  const generator = Generator.fromSeed(seed, 'initialisation');
  const layout = parameterLayout(model);
  const last = layout.at(-1)!;
  const parameters = new Float32Array(last.offset + last.size);
  for (const { initialisation, offset, size } of layout) {
    const part = parameters.subarray(offset, offset + size);
    switch (initialisation.kind) {
      case 'normal':
        for (let index = 0; index < size; index++) part[index] = generator.normal();
        break;
      case 'uniform':
        for (let index = 0; index < size; index++)
          part[index] = (2 * generator.uniformFloat32() - 1) * initialisation.bound;
        break;
      case 'constant':
        part.fill(initialisation.value);
        break;
    }
  }
  return parameters;
}

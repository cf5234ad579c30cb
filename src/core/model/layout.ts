import type { ModelConfig } from '../config/run-schema.js';
import { VOCABULARY_SIZE } from '../data/vocabulary.js';

/** How a parameter starts: see `initialise.ts`. */
export type Initialisation =
  | { readonly kind: 'normal' }
  /** Uniform in ±bound. */
  | { readonly kind: 'uniform'; readonly bound: number }
  | { readonly kind: 'constant'; readonly value: number };

/** One named parameter and its place in the flat vector of all parameters. */
export interface ParameterSpec {
  /** PyTorch's name, such as `blocks.0.attn.q.weight`. */
  readonly name: string;
  /** Linear weights are [out, in], as PyTorch keeps them. */
  readonly shape: readonly number[];
  readonly size: number;
  /** Index of the first element in the flat vector. */
  readonly offset: number;
  readonly initialisation: Initialisation;
}

type Shape = readonly number[];

/**
 * Names, shapes and order of all parameters of the decoder-transformer.
 *
 * The weights of q, k and v lie side by side, and so do their biases, so that one slice of the flat vector is the
 * [3·heads·D, D] matrix of all three projections.
 */
export function parameterLayout(model: ModelConfig): readonly ParameterSpec[] {
  const { tokens, embedding: width, neurons, heads, blocks } = model;
  const specs: ParameterSpec[] = [];
  let offset = 0;
  const add = (name: string, shape: Shape, initialisation: Initialisation): void => {
    const size = shape.reduce((product, length) => product * length, 1);
    specs.push({ name, shape, size, offset, initialisation });
    offset += size;
  };
  const linear = (name: string, outputs: number, inputs: number): void => {
    add(`${name}.weight`, [outputs, inputs], uniformFor(inputs));
    add(`${name}.bias`, [outputs], uniformFor(inputs));
  };
  const norm = (name: string): void => {
    add(`${name}.weight`, [width], { kind: 'constant', value: 1 });
    add(`${name}.bias`, [width], { kind: 'constant', value: 0 });
  };

  add('emb.weight', [VOCABULARY_SIZE, width], { kind: 'normal' });
  add('pos.weight', [tokens, width], { kind: 'normal' });
  for (let block = 0; block < blocks; block++) {
    const prefix = `blocks.${block}`;
    const projected = heads * width; // every head has the full width D
    for (const name of ['q', 'k', 'v'])
      add(`${prefix}.attn.${name}.weight`, [projected, width], uniformFor(width));
    for (const name of ['q', 'k', 'v'])
      add(`${prefix}.attn.${name}.bias`, [projected], uniformFor(width));
    linear(`${prefix}.attn.c`, width, projected);
    norm(`${prefix}.ln1`);
    norm(`${prefix}.ln2`);
    linear(`${prefix}.mlp1`, neurons * width, width);
    linear(`${prefix}.mlp2`, width, neurons * width);
  }
  linear('out', VOCABULARY_SIZE, width);
  return specs;
}

/** PyTorch's default for a linear layer's weight and bias: U(-1/√inputs, 1/√inputs). */
function uniformFor(inputs: number): Initialisation {
  return { kind: 'uniform', bound: 1 / Math.sqrt(inputs) };
}

import type { ModelConfig } from '../../config/run-schema.js';
import type { Graph, Tensor } from './graph.js';
import { add, scale } from './operations/arithmetic.js';
import { reshape, transpose } from './operations/arrange.js';
import { linear } from './operations/linear.js';
import { transposedProduct } from './operations/transposed-product.js';
import type { Parameter } from './parameters.js';

/**
 * The weights of an attention whose keys and values are its inputs themselves.
 *
 * Every head has the full width D, so that W_k can go over to the queries and W_o to the values without making either
 * wider (docs/decisions/0021-folded-attention.md):
 *
 * - (x·W_q + b_q)·(y·W_k + b_k)ᵀ = (x·W_q·W_kᵀ + b_q·W_kᵀ)·yᵀ + a term that is the same for all y, which softmax does
 *   not see. b_k is in that term alone.
 * - Σ P·(y·W_v + b_v)·W_o + b_o = Σ (P·y)·(W_v·W_o) + b_v·W_o + b_o, as the rows of P sum to 1.
 */
export interface FoldedAttention {
  /** [heads·D, D], to the queries of all heads; 1/√D, the factor on the scores, is in it. */
  readonly query: Tensor;
  readonly queryBias: Tensor; // [heads·D]
  readonly combination: Tensor; // [D, heads·D]
  readonly combinationBias: Tensor; // [D]
}

/** Multiplies the projections of an attention out; the parameters begin with a prefix such as `blocks.0.attn`. */
export function foldAttention(
  graph: Graph,
  { heads, embedding: width }: ModelConfig,
  prefix: string,
  parameter: Parameter,
): FoldedAttention {
  const perHead = (name: string, columns: number): Tensor =>
    parameter(`${prefix}.${name}`, heads, width, columns);
  // PyTorch keeps weights as [out, in], so that a product over the outputs has its left factor transposed.
  const key = scale(graph, perHead('k.weight', width), 1 / Math.sqrt(width)); // [heads, D, D]
  const query = transposedProduct(graph, key, perHead('q.weight', width)); // [heads, D, D]
  const queryBias = transposedProduct(graph, key, perHead('q.bias', 1)); // [heads, D, 1]

  const output = parameter(`${prefix}.c.weight`, width, heads * width);
  const outputPerHead = reshape(graph, transpose(graph, output, [1, 0]), [heads, width, width]);
  const combination = transposedProduct(graph, outputPerHead, perHead('v.weight', width)); // [heads, D, D]
  const valueBias = linear(graph, parameter(`${prefix}.v.bias`, 1, heads * width), output); // [1, D]
  return {
    query: reshape(graph, query, [heads * width, width]),
    queryBias: reshape(graph, queryBias, [heads * width]),
    combination: reshape(graph, transpose(graph, combination, [1, 0, 2]), [width, heads * width]),
    combinationBias: add(
      graph,
      reshape(graph, valueBias, [width]),
      parameter(`${prefix}.c.bias`, width),
    ),
  };
}

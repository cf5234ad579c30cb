import type { Graph, Tensor } from '../graph.js';
import { add, multiply, subtract } from '../primitives/elementwise.js';
import { batchedProduct } from '../primitives/matrix.js';
import { softmax } from '../primitives/normalise.js';
import { sum } from '../primitives/reduce.js';

export interface AttentionInputs {
  readonly query: Tensor; // [stack, queries, D]
  readonly key: Tensor; // [stack, T, D]
  readonly value: Tensor; // [stack, T, D]
  /** Added to the scores, 0 or very negative: [1, queries, T]. */
  readonly mask: Tensor;
  /** Factor on the scores. */
  readonly factor: number;
}

/**
 * Scaled dot-product attention (Vaswani et al., 2017, eq. 1): [stack, queries, D].
 *
 * One operation, because Σⱼ aᵢⱼ·∂aᵢⱼ of the softmax's backward equals the row sum of output·∂output (Dao et al., 2022,
 * eq. 4), which is a pass over [T, D] instead of two over [T, T].
 */
export function attention(graph: Graph, inputs: AttentionInputs): Tensor {
  const { query, key, value, mask, factor } = inputs;
  const scores = batchedProduct(graph, query, key, { transposeRight: true, alpha: factor });
  const weights = softmax(graph, add(graph, scores, mask)); // [stack, queries, T]
  const output = batchedProduct(graph, weights, value);

  const scoresAdjoint = (adjoint: Tensor): Tensor => {
    const weightsAdjoint = batchedProduct(graph, adjoint, value, { transposeRight: true });
    const rowSums = sum(graph, multiply(graph, output, adjoint), [2], { keep: true }); // [stack, queries, 1]
    return multiply(graph, weights, subtract(graph, weightsAdjoint, rowSums)); // [stack, queries, T]
  };
  graph.record({
    inputs: [query, key, value],
    outputs: [output],
    backward: [
      ([adjoint]) => batchedProduct(graph, scoresAdjoint(adjoint!), key, { alpha: factor }),
      ([adjoint]) =>
        batchedProduct(graph, scoresAdjoint(adjoint!), query, {
          transposeLeft: true,
          alpha: factor,
        }),
      ([adjoint]) => batchedProduct(graph, weights, adjoint!, { transposeLeft: true }),
    ],
  });
  return output;
}

import type { Graph, Tensor } from '../graph.js';
import { transpose } from '../primitives/arrange.js';
import { add, multiply, subtract } from '../primitives/elementwise.js';
import { batchedProduct } from '../primitives/matrix.js';
import { softmax } from '../primitives/normalise.js';
import { sum } from '../primitives/reduce.js';

export interface AttentionInputs {
  /** With the factor on the scores. */
  readonly query: Tensor; // [stack, queries, D]
  /** Both keys and values. */
  readonly memory: Tensor; // [stack, T, D]
  /** Added to the scores, 0 or very negative: [1, queries, T]. */
  readonly mask: Tensor;
}

/**
 * Dot-product attention (Vaswani et al., 2017, eq. 1) whose keys are its values: [stack, queries, D].
 *
 * One operation, because Σⱼ aᵢⱼ·∂aᵢⱼ of the softmax's backward equals the row sum of output·∂output (Dao et al., 2022,
 * eq. 4), which is a pass over [T, D] instead of two over [T, T].
 */
export function attention(graph: Graph, { query, memory, mask }: AttentionInputs): Tensor {
  const scores = batchedProduct(graph, query, memory, { transposeRight: true });
  const weights = softmax(graph, add(graph, scores, mask)); // [stack, queries, T]
  const output = batchedProduct(graph, weights, memory);

  const scoresAdjoint = (adjoint: Tensor): Tensor => {
    const weightsAdjoint = batchedProduct(graph, adjoint, memory, { transposeRight: true });
    const rowSums = sum(graph, multiply(graph, output, adjoint), [2], { keep: true }); // [stack, queries, 1]
    return multiply(graph, weights, subtract(graph, weightsAdjoint, rowSums)); // [stack, queries, T]
  };
  graph.record({
    inputs: [query, memory],
    outputs: [output],
    backward: [
      ([adjoint]) => batchedProduct(graph, scoresAdjoint(adjoint!), memory),
      ([adjoint]) => {
        // As [stack, D, T], so that the large factor is the right one and is not transposed: up to twice as fast.
        const transposed = { transposeLeft: true };
        const asKeys = batchedProduct(graph, query, scoresAdjoint(adjoint!), transposed);
        const asValues = batchedProduct(graph, adjoint!, weights, transposed);
        return transpose(graph, add(graph, asKeys, asValues), [0, 2, 1]);
      },
    ],
  });
  return output;
}

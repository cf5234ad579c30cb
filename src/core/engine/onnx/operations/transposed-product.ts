import type { Graph, Tensor } from '../graph.js';
import { batchedProduct } from '../primitives/matrix.js';

/** `leftᵀ · right` for each pair of matrices of two stacks: [stack, K, M] and [stack, K, N] to [stack, M, N]. */
export function transposedProduct(graph: Graph, left: Tensor, right: Tensor): Tensor {
  const output = batchedProduct(graph, left, right, { transposeLeft: true });
  graph.record({
    inputs: [left, right],
    outputs: [output],
    backward: [
      ([adjoint]) => batchedProduct(graph, right, adjoint!, { transposeRight: true }), // [stack, K, M]
      ([adjoint]) => batchedProduct(graph, left, adjoint!), // [stack, K, N]
    ],
  });
  return output;
}

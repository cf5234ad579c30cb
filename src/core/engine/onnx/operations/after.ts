import type { Graph, Tensor } from '../graph.js';
import { concatenate } from '../primitives/arrange.js';

/** No rows of a matrix, and so nothing but the fact that it is computed: [0, columns]. */
export function noRows(graph: Graph, matrix: Tensor, columns: number): Tensor {
  const [begin, end, axes] = [
    [0, 0],
    [0, columns],
    [0, 1],
  ].map((values) => graph.integers(values));
  const output = { type: matrix.type, shape: [0, columns] };
  return graph.node('Slice', [matrix, begin!, end!, axes!], output);
}

/**
 * A matrix as it is, but computed after the one whose {@link noRows} are given.
 *
 * ONNX Runtime computes a node when it needs it, and so leaves what only the backward pass needs for later. This is for
 * what should be computed before, while its inputs are in the processor's cache.
 */
export function after(graph: Graph, matrix: Tensor, nothing: Tensor): Tensor {
  const output = concatenate(graph, [matrix, nothing], 0);
  graph.record({
    inputs: [matrix],
    outputs: [output],
    backward: [([adjoint]) => adjoint!],
  });
  return output;
}

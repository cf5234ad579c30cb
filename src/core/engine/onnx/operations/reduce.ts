import type { Graph, Tensor } from '../graph.js';
import { expand, reshape } from '../primitives/arrange.js';
import * as primitive from '../primitives/reduce.js';

/** Sum over axes, which are gone in the result. */
export function sum(graph: Graph, input: Tensor, axes: readonly number[]): Tensor {
  const output = primitive.sum(graph, input, axes);
  const kept = input.shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
  graph.record({
    inputs: [input],
    outputs: [output],
    backward: [([adjoint]) => expand(graph, reshape(graph, adjoint!, kept), input.shape)],
  });
  return output;
}

import type { Graph, Tensor } from '../graph.js';
import { shapeError } from '../shape.js';
import { cast, equal, where } from './elementwise.js';

interface ReduceOptions {
  /** Keep the reduced axes with length 1. @default false */
  readonly keep?: boolean;
}

type Reduce = (
  graph: Graph,
  input: Tensor,
  axes: readonly number[],
  options?: ReduceOptions,
) => Tensor;

export const sum: Reduce = reduce('ReduceSum');
export const mean: Reduce = reduce('ReduceMean');
export const largest: Reduce = reduce('ReduceMax');
const smallest: Reduce = reduce('ReduceMin');

/** Index of the largest element of the last axis, the first one of equals, as a real number. */
export function largestIndex(graph: Graph, input: Tensor): Tensor {
  const axis = input.shape.length - 1;
  const shape = input.shape.slice(0, -1);
  if (graph.argMax) {
    const attributes = { axis: { integer: axis }, keepdims: { integer: 0 } };
    const index = graph.node('ArgMax', [input], { type: 'int64', shape }, { attributes });
    return cast(graph, index, graph.real);
  }
  const length = input.shape[axis]!;
  const indices = graph.constant(
    Array.from({ length }, (_, index) => index),
    [length],
  );
  const isLargest = equal(graph, input, largest(graph, input, [axis], { keep: true }));
  return smallest(graph, where(graph, isLargest, indices, graph.constant(length)), [axis]);
}

function reduce(operator: string): Reduce {
  return (graph, input, axes, { keep = false } = {}) => {
    if (axes.length === 0) return input; // ONNX would reduce all axes
    if (axes.some((axis) => !(axis in input.shape)))
      throw shapeError(operator, `[${axes.join(', ')}] must be axes`, [input]);
    const shape = input.shape
      .map((length, axis) => (axes.includes(axis) ? 1 : length))
      .filter((_, axis) => keep || !axes.includes(axis));
    const attributes = { keepdims: { integer: Number(keep) } };
    const output = { type: input.type, shape };
    return graph.node(operator, [input, graph.integers(axes)], output, { attributes });
  };
}

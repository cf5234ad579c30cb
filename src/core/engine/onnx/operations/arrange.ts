import type { Graph, Tensor } from '../graph.js';
import * as arrange from '../primitives/arrange.js';
import { sizeOf } from '../shape.js';

/** The same elements in another shape. */
export function reshape(graph: Graph, input: Tensor, shape: readonly number[]): Tensor {
  const output = arrange.reshape(graph, input, shape);
  graph.record({
    inputs: [input],
    outputs: [output],
    backward: [([adjoint]) => arrange.reshape(graph, adjoint!, input.shape)],
  });
  return output;
}

/** Axis `k` of the result is axis `order[k]` of the input. */
export function transpose(graph: Graph, input: Tensor, order: readonly number[]): Tensor {
  const output = arrange.transpose(graph, input, order);
  const inverse = order.map((_, axis) => order.indexOf(axis));
  graph.record({
    inputs: [input],
    outputs: [output],
    backward: [([adjoint]) => arrange.transpose(graph, adjoint!, inverse)],
  });
  return output;
}

/** Tensors one after the other along an axis. */
export function concatenate(graph: Graph, inputs: readonly Tensor[], axis: number): Tensor {
  const output = arrange.concatenate(graph, inputs, axis);
  let end = 0;
  const ranges = inputs.map(({ shape }) => [end, (end += shape[axis]!)] as const);
  graph.record({
    inputs,
    outputs: [output],
    backward: ranges.map(
      (range) =>
        ([adjoint]) =>
          arrange.slice(graph, adjoint!, axis, range),
    ),
  });
  return output;
}

/** The parts of a tensor along an axis, of the given lengths. */
export function split(
  graph: Graph,
  input: Tensor,
  axis: number,
  lengths: readonly number[],
): readonly Tensor[] {
  const outputs = arrange.split(graph, input, axis, lengths);
  graph.record({
    inputs: [input],
    outputs,
    backward: [(adjoints) => arrange.concatenate(graph, adjoints, axis)],
  });
  return outputs;
}

/** The first elements of an axis. */
export function start(graph: Graph, input: Tensor, axis: number, length: number): Tensor {
  const whole = input.shape[axis]!;
  const output = arrange.slice(graph, input, axis, [0, length]);
  graph.record({
    inputs: [input],
    outputs: [output],
    backward: [
      ([adjoint]) => {
        if (length === whole) return adjoint!;
        const rest = new Float32Array(sizeOf(input.shape.with(axis, whole - length)));
        const nothing = graph.constant(rest, input.shape.with(axis, whole - length));
        return arrange.concatenate(graph, [adjoint!, nothing], axis);
      },
    ],
  });
  return output;
}

import type { Graph, Tensor } from '../graph.js';
import * as elementwise from '../primitives/elementwise.js';
import { reshape } from '../primitives/arrange.js';
import { sum } from '../primitives/reduce.js';

/** Sum with broadcasting. */
export function add(graph: Graph, left: Tensor, right: Tensor): Tensor {
  const output = elementwise.add(graph, left, right);
  graph.record({
    inputs: [left, right],
    outputs: [output],
    backward: [
      ([adjoint]) => sumToShape(graph, adjoint!, left.shape),
      ([adjoint]) => sumToShape(graph, adjoint!, right.shape),
    ],
  });
  return output;
}

/** Product with broadcasting. */
export function multiply(graph: Graph, left: Tensor, right: Tensor): Tensor {
  const output = elementwise.multiply(graph, left, right);
  const product = (adjoint: Tensor, other: Tensor): Tensor =>
    elementwise.multiply(graph, adjoint, other);
  graph.record({
    inputs: [left, right],
    outputs: [output],
    backward: [
      ([adjoint]) => sumToShape(graph, product(adjoint!, right), left.shape),
      ([adjoint]) => sumToShape(graph, product(adjoint!, left), right.shape),
    ],
  });
  return output;
}

/** Product with a number. */
export function scale(graph: Graph, input: Tensor, factor: number): Tensor {
  const output = elementwise.scale(graph, input, factor);
  graph.record({
    inputs: [input],
    outputs: [output],
    backward: [([adjoint]) => elementwise.scale(graph, adjoint!, factor)],
  });
  return output;
}

/** The adjoint of what was broadcast: summed over the axes that broadcasting made or stretched. */
function sumToShape(graph: Graph, adjoint: Tensor, shape: readonly number[]): Tensor {
  const added = adjoint.shape.length - shape.length;
  const axes = adjoint.shape.flatMap((length, axis) =>
    axis < added || (shape[axis - added] === 1 && length !== 1) ? [axis] : [],
  );
  return reshape(graph, sum(graph, adjoint, axes), shape);
}

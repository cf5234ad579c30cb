import type { Graph, Tensor } from '../graph.js';
import { exponential, multiply, subtract } from '../primitives/elementwise.js';
import * as normalise from '../primitives/normalise.js';
import { sum } from '../primitives/reduce.js';

/** Logarithm of the softmax over the last axis. */
export function logSoftmax(graph: Graph, logits: Tensor): Tensor {
  const output = normalise.logSoftmax(graph, logits);
  graph.record({
    inputs: [logits],
    outputs: [output],
    backward: [
      ([adjoint]) => {
        const total = sum(graph, adjoint!, [logits.shape.length - 1], { keep: true });
        const share = multiply(graph, exponential(graph, output), total);
        return subtract(graph, adjoint!, share);
      },
    ],
  });
  return output;
}

import type { Graph, Tensor } from '../graph.js';
import * as elementwise from '../primitives/elementwise.js';

/**
 * √2 times the exact GELU of h (Hendrycks and Gimpel, 2016), given u = h/√2: u·(1 + erf u).
 *
 * Both constants are folded into the weights around it, which saves two passes over the largest activation. The
 * derivative, 1 + erf u + u·2/√π·exp(−u²), shares the error function with the forward pass.
 */
export function scaledGelu(graph: Graph, input: Tensor): Tensor {
  const { add, multiply, subtract, exponential, errorFunction } = elementwise;
  const onePlusErf = add(graph, errorFunction(graph, input), graph.constant(1));
  const output = multiply(graph, input, onePlusErf);
  graph.record({
    inputs: [input],
    outputs: [output],
    backward: [
      ([adjoint]) => {
        const square = multiply(graph, input, input);
        const exponent = subtract(graph, graph.constant(Math.log(2 / Math.sqrt(Math.PI))), square);
        const bell = multiply(graph, input, exponential(graph, exponent));
        return multiply(graph, adjoint!, add(graph, onePlusErf, bell));
      },
    ],
  });
  return output;
}

/**
 * The exact GELU of h in one pass, for graphs without a gradient: its kernel keeps nothing of the error function, which
 * the derivative would have to compute again.
 */
export function gelu(graph: Graph, input: Tensor): Tensor {
  const output = { type: input.type, shape: input.shape };
  return graph.node('Gelu', [input], output, { domain: 'com.microsoft' });
}

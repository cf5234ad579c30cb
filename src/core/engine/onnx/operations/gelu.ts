import type { Graph, Tensor } from '../graph.js';
import * as elementwise from '../primitives/elementwise.js';

/**
 * u·erf u: √2 times the exact GELU of h (Hendrycks and Gimpel, 2016) but for a linear term, given u = h/√2, as
 * √2·GELU(h) = u + u·erf u.
 *
 * What is linear belongs into the weights around it, and so do the constants: each spares a pass over the largest
 * activation. The derivative, erf u + u·2/√π·exp(−u²), is computed with the value, while u and erf u are in the
 * processor's cache; only value and derivative are then kept for the backward pass.
 */
export function curvedGelu(graph: Graph, input: Tensor): Curved {
  const { add, multiply, subtract, exponential, errorFunction } = elementwise;
  const error = errorFunction(graph, input);
  const output = multiply(graph, input, error);
  const square = multiply(graph, input, input);
  const exponent = subtract(graph, graph.constant(Math.log(2 / Math.sqrt(Math.PI))), square);
  const slope = add(graph, error, multiply(graph, input, exponential(graph, exponent)));
  graph.record({
    inputs: [input],
    outputs: [output],
    backward: [([adjoint]) => multiply(graph, adjoint!, slope)],
  });
  return { output, slope };
}

export interface Curved {
  readonly output: Tensor;
  /** Its derivative by the input, element by element. */
  readonly slope: Tensor;
}

/**
 * The exact GELU of h in one pass, for graphs without a gradient: its kernel keeps nothing of the error function, which
 * the derivative would have to compute again.
 */
export function gelu(graph: Graph, input: Tensor): Tensor {
  const output = { type: input.type, shape: input.shape };
  return graph.node('Gelu', [input], output, { domain: 'com.microsoft' });
}

import type { Graph, Tensor } from '../graph.js';
import { gemm } from '../primitives/matrix.js';
import { sum } from '../primitives/reduce.js';

/** `input · weightᵀ (+ bias)`: [rows, inputs] to [rows, outputs]; the weight is [outputs, inputs], as in PyTorch. */
export function linear(graph: Graph, input: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  const output = gemm(graph, input, weight, {
    transposeRight: true,
    ...(bias === undefined ? {} : { added: bias }),
  });
  graph.record({
    inputs: bias === undefined ? [input, weight] : [input, weight, bias],
    outputs: [output],
    backward: [
      ([adjoint]) => gemm(graph, adjoint!, weight), // [rows, inputs]
      ([adjoint]) => gemm(graph, adjoint!, input, { transposeLeft: true }), // [outputs, inputs]
      ([adjoint]) => sum(graph, adjoint!, [0]), // [outputs]
    ],
  });
  return output;
}

/** Rows of a table [symbols, D], chosen by one-hot rows [rows, symbols] that need no gradient: [rows, D]. */
export function embed(graph: Graph, oneHot: Tensor, table: Tensor): Tensor {
  const output = gemm(graph, oneHot, table);
  graph.record({
    inputs: [table],
    outputs: [output],
    backward: [([adjoint]) => gemm(graph, oneHot, adjoint!, { transposeLeft: true })],
  });
  return output;
}

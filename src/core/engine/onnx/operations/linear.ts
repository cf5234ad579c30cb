import type { Graph, Tensor } from '../graph.js';
import { concatenate } from '../primitives/arrange.js';
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

export interface AffineWeight {
  readonly weight: Tensor; // [inputs + 1, outputs]; the last row is the bias
  readonly rows: Tensor; // [inputs, outputs]: the weight without the bias
}

/**
 * `[input, 1] · weight`: [rows, inputs] to [rows, outputs].
 *
 * Every axis of the products that is not a multiple of a processor's vectors costs time, so the bias is left out of the
 * input's adjoint; the weight's adjoint has the bias's in its last row.
 */
export function affine(graph: Graph, input: Tensor, { weight, rows }: AffineWeight): Tensor {
  const count = input.shape[0]!;
  const ones = graph.constant(new Float32Array(count).fill(1), [count, 1]);
  const widened = concatenate(graph, [input, ones], 1); // [rows, inputs + 1]
  const output = gemm(graph, widened, weight);
  graph.record({
    inputs: [input, weight],
    outputs: [output],
    backward: [
      ([adjoint]) => gemm(graph, adjoint!, rows, { transposeRight: true }), // [rows, inputs]
      ([adjoint]) => gemm(graph, widened, adjoint!, { transposeLeft: true }), // [inputs + 1, outputs]
    ],
  });
  return output;
}

/** `sum + input · weightᵀ`: [rows, outputs], in one pass. */
export function addLinear(graph: Graph, sumSoFar: Tensor, input: Tensor, weight: Tensor): Tensor {
  const output = gemm(graph, input, weight, { transposeRight: true, added: sumSoFar });
  graph.record({
    inputs: [sumSoFar, input, weight],
    outputs: [output],
    backward: [
      ([adjoint]) => adjoint!,
      ([adjoint]) => gemm(graph, adjoint!, weight), // [rows, inputs]
      ([adjoint]) => gemm(graph, adjoint!, input, { transposeLeft: true }), // [outputs, inputs]
    ],
  });
  return output;
}

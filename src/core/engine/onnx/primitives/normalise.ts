import type { Graph, Tensor } from '../graph.js';
import { shapeError } from '../shape.js';
import { exponential, logarithm, subtract } from './elementwise.js';
import { largest, sum } from './reduce.js';

/** Softmax over the last axis. */
export function softmax(graph: Graph, input: Tensor): Tensor {
  return overLastAxis(graph, 'Softmax', input);
}

/** Logarithm of the softmax over the last axis. */
export function logSoftmax(graph: Graph, input: Tensor): Tensor {
  if (graph.logSoftmax) return overLastAxis(graph, 'LogSoftmax', input);
  const axes = [input.shape.length - 1];
  const shifted = subtract(graph, input, largest(graph, input, axes, { keep: true }));
  const total = sum(graph, exponential(graph, shifted), axes, { keep: true });
  return subtract(graph, shifted, logarithm(graph, total));
}

export interface Normalised {
  readonly output: Tensor;
  /** Mean of each row, [rows, 1]. */
  readonly mean: Tensor;
  /** 1 / √(variance + 1e-5) of each row, [rows, 1]. */
  readonly inverseDeviation: Tensor;
}

/** Layer normalisation of each row of [rows, D] (Ba et al., 2016). */
export function layerNormalise(
  graph: Graph,
  input: Tensor,
  gain: Tensor,
  bias: Tensor,
): Normalised {
  const [rows, width] = input.shape;
  if (input.shape.length !== 2 || gain.shape[0] !== width || bias.shape[0] !== width)
    throw shapeError('LayerNormalization', 'rows, gain and bias must fit', [input, gain, bias]);
  const statistics = { type: input.type, shape: [rows!, 1] };
  const [output, mean, inverseDeviation] = graph.nodes(
    'LayerNormalization',
    [input, gain, bias],
    [{ type: input.type, shape: input.shape }, statistics, statistics],
    { attributes: { axis: { integer: -1 }, epsilon: { float: 1e-5 } } }, // PyTorch's epsilon
  );
  return { output: output!, mean: mean!, inverseDeviation: inverseDeviation! };
}

function overLastAxis(graph: Graph, operator: string, input: Tensor): Tensor {
  const attributes = { axis: { integer: -1 } };
  const output = { type: input.type, shape: input.shape };
  return graph.node(operator, [input], output, { attributes });
}

import type { ModelConfig } from '../../config/run-schema.js';
import type { Graph, Tensor } from './graph.js';
import { add, scale } from './operations/arithmetic.js';
import { concatenate, reshape, split, transpose } from './operations/arrange.js';
import { linear } from './operations/linear.js';
import type { Parameter } from './parameters.js';
import { sliceLengths } from './perceptron-slices.js';
import { slice } from './primitives/arrange.js';

/** How a GELU is computed: by operators that have a derivative here, or by one operator that has none. */
export type Activation = 'differentiable' | 'fused';

/** The weights of an MLP D → neurons·D → D, cut across its hidden neurons. */
export interface PerceptronWeights {
  readonly activation: Activation;
  readonly slices: readonly PerceptronSlice[];
  readonly bias: Tensor; // [D]
  /** [D, D], as [out, in]: what the input adds to the output linearly. Absent where only the residual does that. */
  readonly shortcut?: Tensor;
}

/** The weights of some hidden neurons of an MLP; √½ times what they are, if differentiable. */
export interface PerceptronSlice {
  readonly expansion: Tensor; // [D + 1, hidden]: weight and, as the last row, bias
  /** Without the bias, and not a weight of its own: [D, hidden]. */
  readonly expansionRows: Tensor;
  readonly contraction: Tensor; // [D, hidden]: the weight
}

/**
 * Prepares the weights of an MLP; the parameters begin with a prefix such as `blocks.0`.
 *
 * The first bias becomes a row of its weight, so that its gradient comes with the weight's instead of by a pass over the
 * largest activation. For the differentiable activation √½ is folded in on both sides, and the linear half of the GELU
 * becomes the shortcut: with u = √½·h, Σ √½·w·(u + u·erf u) = Σ √½·w·(u·erf u) + x·(W₁·W₂)/2 + …
 */
export function foldPerceptron(
  graph: Graph,
  { embedding: width, neurons }: ModelConfig,
  prefix: string,
  options: {
    readonly parameter: Parameter;
    readonly rows: number;
    readonly activation: Activation;
  },
): PerceptronWeights {
  const { parameter, rows, activation } = options;
  const hidden = neurons * width;
  const scaled = (tensor: Tensor): Tensor =>
    activation === 'fused' ? tensor : scale(graph, tensor, Math.SQRT1_2);
  const expansionRows = scaled(
    transpose(graph, parameter(`${prefix}.mlp1.weight`, hidden, width), [1, 0]),
  );
  const expansionBias = scaled(parameter(`${prefix}.mlp1.bias`, 1, hidden));
  const contraction = scaled(parameter(`${prefix}.mlp2.weight`, width, hidden));
  const bias = parameter(`${prefix}.mlp2.bias`, width);

  const expansion = concatenate(graph, [expansionRows, expansionBias], 0);
  const lengths = sliceLengths(hidden, rows);
  const contractions = split(graph, contraction, 1, lengths);
  const slices = split(graph, expansion, 1, lengths).map((part, index) => ({
    expansion: part,
    expansionRows: slice(graph, part, 0, [0, width]),
    contraction: contractions[index]!,
  }));
  if (activation === 'fused') return { activation, slices, bias };
  const linearBias = reshape(graph, linear(graph, expansionBias, contraction), [width]);
  return {
    activation,
    slices,
    bias: add(graph, linearBias, bias),
    shortcut: add(graph, linear(graph, contraction, expansionRows), identity(graph, width)),
  };
}

function identity(graph: Graph, width: number): Tensor {
  const ones = Array.from({ length: width ** 2 }, (_, index) => Number(index % (width + 1) === 0));
  return graph.constant(ones, [width, width]);
}

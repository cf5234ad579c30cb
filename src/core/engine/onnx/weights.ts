import type { ModelConfig } from '../../config/run-schema.js';
import { VOCABULARY_SIZE } from '../../data/vocabulary.js';
import { parameterLayout } from '../../model/layout.js';
import type { Graph, Tensor } from './graph.js';
import { scale } from './operations/arithmetic.js';
import { concatenate, reshape, split, transpose } from './operations/arrange.js';
import { sliceLengths } from './perceptron-slices.js';
import { slice } from './primitives/arrange.js';

/** The weights of one block, as its operations use them; linear weights are [out, in]. */
export interface BlockWeights {
  readonly projection: Tensor; // [3·heads·D, D]: q, k and v
  readonly projectionBias: Tensor; // [3·heads·D]
  readonly combination: Tensor; // [D, heads·D]
  readonly combinationBias: Tensor; // [D]
  readonly gain1: Tensor; // [D]
  readonly bias1: Tensor; // [D]
  readonly gain2: Tensor; // [D]
  readonly bias2: Tensor; // [D]
  readonly contractionBias: Tensor; // [D]
  /** The MLP, cut across its hidden neurons. */
  readonly slices: readonly PerceptronSlice[];
  readonly activation: Activation;
}

/**
 * How an MLP's GELU is computed: by operators that share the error function with the derivative, on hidden values that
 * the weights have scaled by √½, or by one operator that has no derivative here.
 */
export type Activation = 'differentiable' | 'fused';

/** The weights of some hidden neurons of an MLP. */
export interface PerceptronSlice {
  readonly expansion: Tensor; // [D + 1, hidden]: weight and, as the last row, bias; √½ times if differentiable
  /** Without the bias, and not a weight of its own: [D, hidden]. */
  readonly expansionRows: Tensor;
  readonly contraction: Tensor; // [D, hidden]: the weight; √½ times if differentiable
}

export interface ModelWeights {
  readonly tokenTable: Tensor; // [V, D]
  readonly positionTable: Tensor; // [T, D]
  readonly blocks: readonly BlockWeights[];
  readonly output: Tensor; // [V, D]
  readonly outputBias: Tensor; // [V]
}

/**
 * The weights of the model from the flat parameter vector.
 *
 * What is constant over a batch is done here once and not for each micro-batch: the constants of the GELU are folded
 * into the weights around it, and the first bias of the MLP becomes a row of its weight, so that its gradient comes
 * with the weight's instead of by a pass over the largest activation.
 *
 * @param rows rows of the activations, which decide how far the MLPs are cut
 * @param activation `fused` for graphs that need no gradient
 */
export function modelWeights(
  graph: Graph,
  model: ModelConfig,
  parameters: Tensor,
  rows: number,
  activation: Activation = 'differentiable',
): ModelWeights {
  const { tokens, embedding: width, neurons, heads, blocks } = model;
  const sections = sectionSizes(model);
  const parts = split(graph, parameters, 0, [...sections.values()]);
  const names = [...sections.keys()];
  const weight = (name: string, ...shape: readonly number[]): Tensor =>
    reshape(graph, parts[names.indexOf(name)]!, shape);

  const projected = heads * width; // every head has the full width D
  const hidden = neurons * width;
  const lengths = sliceLengths(hidden, rows);
  const perceptronSlices = (prefix: string): readonly PerceptronSlice[] => {
    const plain = transpose(graph, weight(`${prefix}.mlp1.weight`, hidden, width), [1, 0]);
    const bias = weight(`${prefix}.mlp1.bias`, 1, hidden);
    const scaled = (tensor: Tensor): Tensor =>
      activation === 'fused' ? tensor : scale(graph, tensor, Math.SQRT1_2);
    const expansion = scaled(concatenate(graph, [plain, bias], 0));
    const contraction = scaled(weight(`${prefix}.mlp2.weight`, width, hidden));
    const contractions = split(graph, contraction, 1, lengths);
    return split(graph, expansion, 1, lengths).map((part, index) => ({
      expansion: part,
      expansionRows: slice(graph, part, 0, [0, width]),
      contraction: contractions[index]!,
    }));
  };
  const blockWeights = (prefix: string): BlockWeights => {
    return {
      projection: weight(`${prefix}.attn.qkv.weight`, 3 * projected, width),
      projectionBias: weight(`${prefix}.attn.qkv.bias`, 3 * projected),
      combination: weight(`${prefix}.attn.c.weight`, width, projected),
      combinationBias: weight(`${prefix}.attn.c.bias`, width),
      gain1: weight(`${prefix}.ln1.weight`, width),
      bias1: weight(`${prefix}.ln1.bias`, width),
      gain2: weight(`${prefix}.ln2.weight`, width),
      bias2: weight(`${prefix}.ln2.bias`, width),
      contractionBias: weight(`${prefix}.mlp2.bias`, width),
      slices: perceptronSlices(prefix),
      activation,
    };
  };
  return {
    tokenTable: weight('emb.weight', VOCABULARY_SIZE, width),
    positionTable: weight('pos.weight', tokens, width),
    blocks: Array.from({ length: blocks }, (_, block) => blockWeights(`blocks.${block}`)),
    output: weight('out.weight', VOCABULARY_SIZE, width),
    outputBias: weight('out.bias', VOCABULARY_SIZE),
  };
}

/** All weights in one list, for the differentiator. */
export function listWeights({ blocks, ...rest }: ModelWeights): readonly Tensor[] {
  return [
    ...Object.values(rest),
    ...blocks.flatMap(({ slices, activation: _, ...block }) => [
      ...Object.values(block),
      ...slices.flatMap(({ expansion, contraction }) => [expansion, contraction]),
    ]),
  ];
}

/** Sizes of the parts of the flat vector; q, k and v lie side by side there and count as one. */
function sectionSizes(model: ModelConfig): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const { name, size } of parameterLayout(model)) {
    const section = name.replace(/\.attn\.[qkv]\./, '.attn.qkv.');
    sizes.set(section, (sizes.get(section) ?? 0) + size);
  }
  return sizes;
}

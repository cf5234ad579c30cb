import type { ModelConfig } from '../../config/run-schema.js';
import { VOCABULARY_SIZE } from '../../data/vocabulary.js';
import { foldAttention, type FoldedAttention } from './folded-attention.js';
import { type Activation, foldPerceptron, type PerceptronWeights } from './folded-perceptron.js';
import type { Graph, Tensor } from './graph.js';
import { parametersOf } from './parameters.js';

/** The weights of one block, as its operations use them. */
export interface BlockWeights {
  readonly attention: FoldedAttention;
  readonly gain1: Tensor; // [D]
  readonly bias1: Tensor; // [D]
  readonly perceptron: PerceptronWeights;
  readonly gain2: Tensor; // [D]
  readonly bias2: Tensor; // [D]
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
 * What is constant over a batch is done here once and not for each micro-batch: products of weights that meet no
 * activation in between are multiplied out, and constants are folded in.
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
  const { tokens, embedding: width, blocks } = model;
  const parameter = parametersOf(graph, model, parameters);
  const blockWeights = (prefix: string): BlockWeights => ({
    attention: foldAttention(graph, model, `${prefix}.attn`, parameter),
    gain1: parameter(`${prefix}.ln1.weight`, width),
    bias1: parameter(`${prefix}.ln1.bias`, width),
    perceptron: foldPerceptron(graph, model, prefix, { parameter, rows, activation }),
    gain2: parameter(`${prefix}.ln2.weight`, width),
    bias2: parameter(`${prefix}.ln2.bias`, width),
  });
  return {
    tokenTable: parameter('emb.weight', VOCABULARY_SIZE, width),
    positionTable: parameter('pos.weight', tokens, width),
    blocks: Array.from({ length: blocks }, (_, block) => blockWeights(`blocks.${block}`)),
    output: parameter('out.weight', VOCABULARY_SIZE, width),
    outputBias: parameter('out.bias', VOCABULARY_SIZE),
  };
}

/** All weights in one list, for the differentiator. */
export function listWeights({ blocks, ...rest }: ModelWeights): readonly Tensor[] {
  return [
    ...Object.values(rest),
    ...blocks.flatMap(({ attention, perceptron, ...norms }) => [
      attention.query,
      attention.queryBias,
      attention.combination,
      attention.combinationBias,
      ...Object.values(norms),
      perceptron.bias,
      ...(perceptron.shortcut === undefined ? [] : [perceptron.shortcut]),
      ...perceptron.slices.flatMap(({ expansion, contraction }) => [expansion, contraction]),
    ]),
  ];
}

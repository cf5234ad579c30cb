import type { ModelConfig } from '../../config/run-schema.js';
import { gradients, propagate } from './differentiate.js';
import type { Graph, Tensor } from './graph.js';
import { loop } from './loop.js';
import { modelLogits, oneHot } from './model-graph.js';
import { multiply } from './operations/arithmetic.js';
import { sum } from './operations/reduce.js';
import { elementAt, zeros } from './primitives/arrange.js';
import { add } from './primitives/elementwise.js';
import { scoresOf } from './scores-graph.js';
import { listWeights, modelWeights } from './weights.js';

export interface GradientShape {
  readonly model: ModelConfig;
  /** Texts whose gradients are computed at once. */
  readonly microBatch: number;
}

/** A batch, cut into micro-batches. */
export interface MicroBatches {
  /** Their number (scalar). */
  readonly turns: Tensor;
  readonly tokens: Tensor; // [turns, texts, T]
  /** Weights of the texts in the loss, 0 for rows that only fill up. */
  readonly textWeights: Tensor; // [turns, texts]
  /** Factors on the embeddings; absent from a model without dropout. */
  readonly dropoutMask?: Tensor; // [turns, texts, T, D]
}

/** Inputs of a graph for {@link MicroBatches}, with the names of its fields. */
export function microBatchInputs(graph: Graph, { model, microBatch }: GradientShape): MicroBatches {
  const { tokens: length, embedding: width, dropout } = model;
  return {
    turns: graph.input([], 'int64', 'turns'),
    tokens: graph.input([-1, microBatch, length], 'int32', 'tokens'),
    textWeights: graph.input([-1, microBatch], 'float32', 'textWeights'),
    ...(dropout !== 0 && {
      dropoutMask: graph.input([-1, microBatch, length, width], 'float32', 'dropoutMask'),
    }),
  };
}

/**
 * The gradient of the weighted loss by the flat parameter vector, [P], summed over micro-batches in a loop, and the
 * scores of the texts, [turns, texts].
 */
export function summedGradient(
  graph: Graph,
  { model, microBatch }: GradientShape,
  parameters: Tensor,
  { turns, tokens, textWeights, dropoutMask }: MicroBatches,
): { readonly gradient: Tensor; readonly nll: Tensor; readonly top1: Tensor } {
  const weights = modelWeights(graph, model, parameters, microBatch * model.tokens);
  const list = listWeights(weights);
  const { state: sums, collected } = loop(graph, {
    turns,
    state: list.map(({ shape }) => zeros(graph, shape)),
    body: (body, turn, before) => {
      const current = (all: Tensor): Tensor => elementAt(body, all, 0, turn);
      const texts = current(tokens); // [texts, T]
      const mask = dropoutMask === undefined ? undefined : current(dropoutMask);
      const oneHotTokens = oneHot(body, texts); // [texts·T, V]
      const logits = modelLogits(body, model, weights, oneHotTokens, mask);
      const { nll, top1 } = scoresOf(body, model, { logits, tokens: texts, oneHotTokens });
      const loss = sum(body, multiply(body, nll, current(textWeights)), [0]);
      const parts = gradients(body, loss, list);
      return {
        state: before.map((sumSoFar, index) => add(body, sumSoFar, parts[index]!)),
        collected: [nll, top1],
      };
    },
  });
  const adjoints = list.map((weight, index) => [weight, sums[index]!] as const);
  const [gradient] = propagate(graph, adjoints, [parameters]);
  return { gradient: gradient!, nll: collected[0]!, top1: collected[1]! };
}

import type { ModelConfig } from '../../config/run-schema.js';
import { VOCABULARY_SIZE } from '../../data/vocabulary.js';
import type { Graph, Tensor } from './graph.js';
import { multiply, scale } from './operations/arithmetic.js';
import { logSoftmax } from './operations/log-softmax.js';
import { sum } from './operations/reduce.js';
import { reshape } from './operations/arrange.js';
import { concatenate, slice } from './primitives/arrange.js';
import { cast, equal } from './primitives/elementwise.js';
import { largestIndex, mean } from './primitives/reduce.js';

export interface ScoreTensors {
  /** −Σ log p over the T − 1 predicted positions, padding included: [texts]. */
  readonly nll: Tensor;
  /** Share of those positions where the argmax is right: [texts]. */
  readonly top1: Tensor;
}

/** Scores of texts under teacher forcing, from the logits [texts·T, V]. */
export function scoresOf(
  graph: Graph,
  model: ModelConfig,
  { logits, tokens, oneHotTokens }: Readonly<Record<'logits' | 'tokens' | 'oneHotTokens', Tensor>>,
): ScoreTensors {
  const length = model.tokens;
  const texts = tokens.shape[0]!;
  const perText = [texts, length, VOCABULARY_SIZE];

  // What each position shall predict: the one-hot rows moved up by one, and nothing for the last position.
  const following = slice(graph, reshape(graph, oneHotTokens, perText), 1, [1, length]);
  const nothing = graph.constant(new Float32Array(texts * VOCABULARY_SIZE), [
    texts,
    1,
    VOCABULARY_SIZE,
  ]);
  const targets = concatenate(graph, [following, nothing], 1); // [texts, T, V]
  const logProbabilities = reshape(graph, logSoftmax(graph, logits), perText);
  const nll = scale(graph, sum(graph, multiply(graph, logProbabilities, targets), [1, 2]), -1);

  // Compared as real numbers: operators on whole ones are computed on the CPU beside WebGPU.
  const guesses = reshape(graph, largestIndex(graph, logits), [texts, length]);
  const right = equal(
    graph,
    slice(graph, guesses, 1, [0, length - 1]),
    slice(graph, cast(graph, tokens, graph.real), 1, [1, length]),
  ); // [texts, T - 1]
  return { nll, top1: mean(graph, cast(graph, right, graph.real), [1]) };
}

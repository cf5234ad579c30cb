import type { ModelConfig } from '../../config/run-schema.js';
import { VOCABULARY_SIZE } from '../../data/vocabulary.js';
import { parameterCount } from '../../model/parameter-count.js';
import { Graph, type Tensor } from './graph.js';
import { type LoopBody, loop } from './loop.js';
import { modelLogits, oneHot } from './model-graph.js';
import { elementAt, reshape } from './primitives/arrange.js';
import { divide } from './primitives/elementwise.js';
import { logSoftmax } from './primitives/normalise.js';
import { scoresOf } from './scores-graph.js';
import { modelWeights } from './weights.js';

interface Forward {
  readonly tokens: Tensor; // [texts, T]
  readonly oneHotTokens: Tensor; // [texts·T, V]
  readonly logits: Tensor; // [texts·T, V]
}

/**
 * Scores of texts without dropout. Inputs: `parameters` [P]; `turns` (scalar); `tokens` [turns, texts, T]. Outputs:
 * `nll` and `top1` [turns, texts].
 */
export function evaluationGraph(model: ModelConfig, texts: number): Uint8Array {
  const graph = new Graph();
  const [nll, top1] = forEachChunk(graph, model, texts, (body, forward) => {
    const scores = scoresOf(body, model, forward);
    return [scores.nll, scores.top1];
  });
  graph.output(nll!, 'nll');
  graph.output(top1!, 'top1');
  return graph.encode();
}

/**
 * Log-probabilities of each next token. Inputs as in {@link evaluationGraph}, and `temperature`, a scalar that divides
 * the logits. Output: `logProbabilities` [turns, texts, T, V].
 */
export function logProbabilitiesGraph(model: ModelConfig, texts: number): Uint8Array {
  const graph = new Graph();
  const temperature = graph.input([], 'float32', 'temperature');
  const shape = [texts, model.tokens, VOCABULARY_SIZE];
  const [output] = forEachChunk(graph, model, texts, (body, { logits }) => [
    reshape(body, logSoftmax(body, divide(body, logits, temperature)), shape),
  ]);
  graph.output(output!, 'logProbabilities');
  return graph.encode();
}

function forEachChunk(
  graph: Graph,
  model: ModelConfig,
  texts: number,
  collect: (body: Graph, forward: Forward) => readonly Tensor[],
): LoopBody['collected'] {
  const parameters = graph.input([parameterCount(model)], 'float32', 'parameters');
  const turns = graph.input([], 'int64', 'turns');
  const all = graph.input([-1, texts, model.tokens], 'int32', 'tokens');
  const weights = modelWeights(graph, model, parameters, texts * model.tokens, 'fused');
  const { collected } = loop(graph, {
    turns,
    state: [],
    body: (body, turn) => {
      const tokens = elementAt(body, all, 0, turn);
      const oneHotTokens = oneHot(body, tokens);
      const logits = modelLogits(body, model, weights, oneHotTokens);
      return { state: [], collected: collect(body, { tokens, oneHotTokens, logits }) };
    },
  });
  return collected;
}

import type { ModelConfig } from '../../config/run-schema.js';
import { VOCABULARY_SIZE } from '../../data/vocabulary.js';
import { parameterCount } from '../../model/parameter-count.js';
import { gradients } from './differentiate.js';
import { Graph, type GraphOptions, type Tensor } from './graph.js';
import { modelLogits, oneHot } from './model-graph.js';
import { multiply } from './operations/arithmetic.js';
import { sum } from './operations/reduce.js';
import { reshape } from './primitives/arrange.js';
import { add, divide } from './primitives/elementwise.js';
import { logSoftmax } from './primitives/normalise.js';
import { scoresOf } from './scores-graph.js';
import { UNCUT } from './perceptron-slices.js';
import { modelWeights } from './weights.js';

// Graphs without loops, for providers that have none. What a loop would carry is an output of one call and an input of
// the next, and stays on the device in between.

/**
 * Adds the gradient of one micro-batch. Inputs: `parameters`, `gradient` [P]; `tokens` [texts, T]; `textWeights`
 * [texts], 0 for rows that only fill up; `dropoutMask` [texts, T, D] unless the model has no dropout. Outputs:
 * `gradientAfter` [P], `nll` and `top1` [texts].
 */
export function gradientGraph(
  model: ModelConfig,
  texts: number,
  dialect: GraphOptions,
): Uint8Array {
  const graph = new Graph(dialect);
  const vector = [parameterCount(model)];
  const parameters = graph.input(vector, 'float32', 'parameters');
  const before = graph.input(vector, 'float32', 'gradient');
  const tokens = graph.input([texts, model.tokens], 'int32', 'tokens');
  const textWeights = graph.input([texts], 'float32', 'textWeights');
  const dropoutMask =
    model.dropout === 0
      ? undefined
      : graph.input([texts, model.tokens, model.embedding], 'float32', 'dropoutMask');

  const weights = modelWeights(graph, model, parameters, UNCUT);
  const oneHotTokens = oneHot(graph, tokens); // [texts·T, V]
  const logits = modelLogits(graph, model, weights, oneHotTokens, dropoutMask);
  const { nll, top1 } = scoresOf(graph, model, { logits, tokens, oneHotTokens });
  const loss = sum(graph, multiply(graph, nll, textWeights), [0]);
  const [gradient] = gradients(graph, loss, [parameters]);
  graph.output(add(graph, before, gradient!), 'gradientAfter');
  graph.output(nll, 'nll');
  graph.output(top1, 'top1');
  return graph.encode();
}

/**
 * Scores of texts without dropout. Inputs: `parameters` [P]; `tokens` [texts, T]. Outputs: `nll` and `top1` [texts].
 */
export function flatEvaluationGraph(
  model: ModelConfig,
  texts: number,
  dialect: GraphOptions,
): Uint8Array {
  const { graph, tokens, oneHotTokens, logits } = forward(model, texts, dialect);
  const { nll, top1 } = scoresOf(graph, model, { logits, tokens, oneHotTokens });
  graph.output(nll, 'nll');
  graph.output(top1, 'top1');
  return graph.encode();
}

/**
 * Log-probabilities of each next token. Inputs as in {@link flatEvaluationGraph}, and `temperature`, a scalar that
 * divides the logits. Output: `logProbabilities` [texts, T, V].
 */
export function flatLogProbabilitiesGraph(
  model: ModelConfig,
  texts: number,
  dialect: GraphOptions,
): Uint8Array {
  const { graph, logits } = forward(model, texts, dialect);
  const temperature = graph.input([], 'float32', 'temperature');
  const output = logSoftmax(graph, divide(graph, logits, temperature));
  const shape = [texts, model.tokens, VOCABULARY_SIZE];
  graph.output(reshape(graph, output, shape), 'logProbabilities');
  return graph.encode();
}

interface Forward {
  readonly graph: Graph;
  readonly tokens: Tensor; // [texts, T]
  readonly oneHotTokens: Tensor; // [texts·T, V]
  readonly logits: Tensor; // [texts·T, V]
}

function forward(model: ModelConfig, texts: number, dialect: GraphOptions): Forward {
  const graph = new Graph(dialect);
  const parameters = graph.input([parameterCount(model)], 'float32', 'parameters');
  const tokens = graph.input([texts, model.tokens], 'int32', 'tokens');
  const oneHotTokens = oneHot(graph, tokens);
  const weights = modelWeights(graph, model, parameters, UNCUT);
  const logits = modelLogits(graph, model, weights, oneHotTokens);
  return { graph, tokens, oneHotTokens, logits };
}

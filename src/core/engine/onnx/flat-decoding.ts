import type { ModelConfig } from '../../config/run-schema.js';
import { VOCABULARY_SIZE } from '../../data/vocabulary.js';
import { parameterCount } from '../../model/parameter-count.js';
import { Graph, type GraphOptions, type Tensor } from './graph.js';
import { addPerceptron } from './model-graph.js';
import { layerNorm } from './operations/layer-norm.js';
import { addLinear, linear } from './operations/linear.js';
import { reshape } from './primitives/arrange.js';
import { add, cast, equal, multiply, subtract } from './primitives/elementwise.js';
import { batchedProduct, gemm } from './primitives/matrix.js';
import { softmax } from './primitives/normalise.js';
import { largestIndex } from './primitives/reduce.js';
import { UNCUT } from './perceptron-slices.js';
import { modelWeights } from './weights.js';

/** What one call of the decoding graph hands to the next one; all of it stays on the device. */
export interface Carried {
  readonly name: string;
  readonly shape: readonly number[];
}

/**
 * The inputs of each block's attention, the last token and all tokens. Their names are those of the graph's inputs.
 */
export function carriedByDecoding(model: ModelConfig, texts: number): readonly Carried[] {
  const { tokens, embedding, blocks } = model;
  const caches = Array.from({ length: blocks }, (_, block) => ({
    name: `memory${block}`,
    shape: [texts, tokens, embedding],
  }));
  return [
    ...caches,
    { name: 'lastToken', shape: [texts, VOCABULARY_SIZE] }, // a one-hot row
    { name: 'tokens', shape: [texts * tokens] },
  ];
}

/**
 * Decodes one token of each text, as `decodingGraph` does, without a loop.
 *
 * Inputs: `parameters` [P]; `here` [1, T], 1 at this position; `hidden` [T], very negative after this position; `noise`
 * [texts, V]; and what is carried. Outputs: what is carried, each with `After` behind its name; the token that follows
 * this position is written to this position of `tokens`.
 */
export function flatDecodingGraph(
  model: ModelConfig,
  texts: number,
  dialect: GraphOptions,
): Uint8Array {
  const graph = new Graph(dialect);
  const { tokens: length, embedding: width, heads } = model;
  const parameters = graph.input([parameterCount(model)], 'float32', 'parameters');
  const here = graph.input([1, length], 'float32', 'here');
  const mask = graph.input([length], 'float32', 'hidden');
  const noise = graph.input([texts, VOCABULARY_SIZE], 'float32', 'noise');
  const carried = carriedByDecoding(model, texts).map(({ name, shape }) =>
    graph.input(shape, 'float32', name),
  );
  const [lastToken, tokens] = carried.slice(-2);
  const weights = modelWeights(graph, model, parameters, UNCUT);

  const symbols = gemm(graph, lastToken!, weights.tokenTable); // [texts, D]
  let hidden = add(graph, symbols, gemm(graph, here, weights.positionTable)); // [texts, D]
  weights.blocks.forEach((block, index) => {
    const { query, queryBias, combination, combinationBias } = block.attention;
    const position = reshape(graph, here, [1, length, 1]);
    const memory = written(
      graph,
      carried[index]!,
      reshape(graph, hidden, [texts, 1, width]),
      position,
    );
    const queries = reshape(graph, linear(graph, hidden, query, queryBias), [texts, heads, width]);
    const scores = batchedProduct(graph, queries, memory, { transposeRight: true }); // [texts, heads, T]
    const attended = batchedProduct(graph, softmax(graph, add(graph, scores, mask)), memory);
    const merged = reshape(graph, attended, [texts, heads * width]);
    const biased = add(graph, hidden, combinationBias);
    const combined = addLinear(graph, biased, merged, combination);
    const middle = layerNorm(graph, combined, block.gain1, block.bias1);
    const changed = addPerceptron(graph, block.perceptron, middle);
    hidden = layerNorm(graph, changed, block.gain2, block.bias2); // [texts, D]
    graph.output(memory, `memory${index}After`);
  });

  const logits = linear(graph, hidden, weights.output, weights.outputBias); // [texts, V]
  const next = reshape(graph, largestIndex(graph, add(graph, logits, noise)), [texts, 1]);
  const symbolsInOrder = Array.from({ length: VOCABULARY_SIZE }, (_, symbol) => symbol);
  const all = graph.constant(symbolsInOrder, [1, VOCABULARY_SIZE]);
  graph.output(cast(graph, equal(graph, next, all), graph.real), 'lastTokenAfter');
  const placed = reshape(graph, multiply(graph, next, here), [texts * length]);
  graph.output(add(graph, tokens!, placed), 'tokensAfter');
  return graph.encode();
}

/** The memory with an input in the place of this position. */
function written(graph: Graph, cache: Tensor, value: Tensor, here: Tensor): Tensor {
  const kept = multiply(graph, cache, subtract(graph, graph.constant(1), here));
  return add(graph, kept, multiply(graph, value, here));
}

import type { ModelConfig } from '../../config/run-schema.js';
import { VOCABULARY_SIZE } from '../../data/vocabulary.js';
import { parameterCount } from '../../model/parameter-count.js';
import { Graph, type GraphOptions, type Tensor } from './graph.js';
import { perceptron } from './model-graph.js';
import { layerNorm } from './operations/layer-norm.js';
import { linear } from './operations/linear.js';
import { reshape, split } from './primitives/arrange.js';
import { add, cast, equal, multiply, scale, subtract } from './primitives/elementwise.js';
import { batchedProduct, gemm } from './primitives/matrix.js';
import { softmax } from './primitives/normalise.js';
import { largestIndex } from './primitives/reduce.js';
import { UNCUT } from './perceptron-slices.js';
import { type BlockWeights, modelWeights } from './weights.js';

/** What one call of the decoding graph hands to the next one; all of it stays on the device. */
export interface Carried {
  readonly name: string;
  readonly shape: readonly number[];
}

/** Keys and values per block of the model, the last token and all tokens. Their names are those of the inputs. */
export function carriedByDecoding(model: ModelConfig, texts: number): readonly Carried[] {
  const { tokens, embedding, heads, blocks } = model;
  const stack = texts * heads;
  const caches = Array.from({ length: blocks }, (_, block) => [
    { name: `keys${block}`, shape: [stack, embedding, tokens] },
    { name: `values${block}`, shape: [stack, tokens, embedding] },
  ]).flat();
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
  const { tokens: length, embedding: width } = model;
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
    const [query, key, value] = projections(graph, block, hidden); // each [texts·heads, 1, D]
    const stack = query!.shape[0]!;
    const row = reshape(graph, here, [1, 1, length]);
    const column = reshape(graph, here, [1, length, 1]);
    const newKey = reshape(graph, key!, [stack, width, 1]);
    const keys = written(graph, carried[2 * index]!, newKey, row); // [stack, D, T]
    const values = written(graph, carried[2 * index + 1]!, value!, column); // [stack, T, D]
    const scores = scale(graph, batchedProduct(graph, query!, keys), 1 / Math.sqrt(width));
    const attended = batchedProduct(graph, softmax(graph, add(graph, scores, mask)), values);
    const merged = reshape(graph, attended, [texts, block.combination.shape[1]!]);
    const combined = linear(graph, merged, block.combination, block.combinationBias);
    const middle = layerNorm(graph, add(graph, hidden, combined), block.gain1, block.bias1);
    const changed = add(graph, middle, perceptron(graph, block, middle));
    hidden = layerNorm(graph, changed, block.gain2, block.bias2); // [texts, D]
    graph.output(keys, `keys${index}After`);
    graph.output(values, `values${index}After`);
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

/** The cache with a key or value in the place of this position. */
function written(graph: Graph, cache: Tensor, value: Tensor, here: Tensor): Tensor {
  const kept = multiply(graph, cache, subtract(graph, graph.constant(1), here));
  return add(graph, kept, multiply(graph, value, here));
}

function projections(graph: Graph, block: BlockWeights, hidden: Tensor): readonly Tensor[] {
  const [texts, width] = hidden.shape;
  const projected = linear(graph, hidden, block.projection, block.projectionBias);
  const perPart = projected.shape[1]! / 3;
  const parts = split(graph, projected, 1, [perPart, perPart, perPart]);
  return parts.map((part) => reshape(graph, part, [(texts! * perPart) / width!, 1, width!]));
}

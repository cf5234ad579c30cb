import type { ModelConfig } from '../../config/run-schema.js';
import { CLS, VOCABULARY_SIZE } from '../../data/vocabulary.js';
import { parameterCount } from '../../model/parameter-count.js';
import {
  type Cache,
  type DecodingShape,
  cachedAttention,
  emptyCache,
  withChunk,
  withPosition,
} from './decoding-cache.js';
import { Graph, type Tensor } from './graph.js';
import { loop } from './loop.js';
import { oneHot, perceptron } from './model-graph.js';
import { layerNorm } from './operations/layer-norm.js';
import { embed, linear } from './operations/linear.js';
import { concatenate, elementAt, reshape, split } from './primitives/arrange.js';
import { add, cast, minimum, multiply, scale } from './primitives/elementwise.js';
import { largestIndex } from './primitives/reduce.js';
import { type BlockWeights, type ModelWeights, modelWeights } from './weights.js';

/**
 * Autoregressive decoding as a graph: each next token is the argmax of logits + noise, which is a sample when the noise
 * is Gumbel noise (see `sampling-noise.ts`).
 *
 * Keys and values of earlier positions are kept. A cache that gets one more position is copied, so there are two loops:
 * the inner one lets the cache of its chunk of positions grow, and reads those of the past from outside.
 *
 * Inputs: `parameters` [P]; `noise` [positions, texts, V], with positions = chunks · chunkLength >= T − 1. Output:
 * `tokens` [chunks, chunkLength, texts], the tokens after the start token; those beyond T − 1 mean nothing.
 */
export function decodingGraph(shape: DecodingShape): Uint8Array {
  const { model, texts, chunks, chunkLength } = shape;
  const graph = new Graph();
  const positions = chunks * chunkLength;
  const parameters = graph.input([parameterCount(model)], 'float32', 'parameters');
  const noise = graph.input([positions, texts, VOCABULARY_SIZE], 'float32', 'noise');
  const weights = withScaledQueries(
    graph,
    model,
    modelWeights(graph, model, parameters, texts, 'fused'),
  );
  const start = graph.integers(
    Array.from({ length: texts }, () => CLS),
    [texts],
    'int32',
  );
  const empty = weights.blocks.map(() => emptyCache(graph, shape));
  const { collected } = loop(graph, {
    turns: graph.integers([chunks], []),
    state: [start, ...flatten(empty)],
    body: (outer, chunk, [first, ...flatPast]) => {
      const past = unflatten(flatPast);
      const before = multiply(outer, chunk, graph.integers([chunkLength], []));
      const inner = loop(outer, {
        turns: graph.integers([chunkLength], []),
        state: [first!, ...flatten(empty)],
        body: (body, turn, [token, ...flatRecent]) => {
          const position = add(body, before, turn);
          const seen = add(body, turn, graph.integers([1], []));
          const step = decodeToken(body, weights, {
            token: token!,
            position,
            lengths: concatenate(
              body,
              [before, seen].map((length) => reshape(body, length, [1])),
              0,
            ),
            past,
            recent: unflatten(flatRecent),
          });
          const noisy = add(body, step.logits, elementAt(body, noise, 0, position));
          const next = cast(body, largestIndex(body, noisy), 'int32');
          return { state: [next, ...flatten(step.recent)], collected: [next] };
        },
      });
      const [last, ...finished] = inner.state;
      const after = unflatten(finished).map((cache, block) =>
        withChunk(outer, past[block]!, cache),
      );
      const tokens = { ...inner.collected[0]!, shape: [chunkLength, texts] };
      return { state: [last!, ...flatten(after)], collected: [tokens] };
    },
  });
  graph.output(collected[0]!, 'tokens');
  return graph.encode();
}

/** The weights with the factor on the scores, 1/√D, in those of the queries: once, and not at every position. */
function withScaledQueries(graph: Graph, model: ModelConfig, weights: ModelWeights): ModelWeights {
  const { heads, embedding: width } = model;
  const lengths = [heads * width, 2 * heads * width];
  const scaled = (weight: Tensor): Tensor => {
    const [query, others] = split(graph, weight, 0, lengths);
    return concatenate(graph, [scale(graph, query!, 1 / Math.sqrt(width)), others!], 0);
  };
  const blocks = weights.blocks.map((block) => ({
    ...block,
    projection: scaled(block.projection),
    projectionBias: scaled(block.projectionBias),
  }));
  return { ...weights, blocks };
}

interface DecodingStep {
  readonly token: Tensor; // [texts]
  /** Place in the text (scalar). */
  readonly position: Tensor;
  /** Positions in the past and, with this one, in the chunk: int64 [2]. */
  readonly lengths: Tensor;
  /** One cache per block of the model. */
  readonly past: readonly Cache[];
  readonly recent: readonly Cache[];
}

/** Logits of the next token, [texts, V], and the caches of the chunk with this position. */
function decodeToken(
  graph: Graph,
  weights: ModelWeights,
  { token, position, lengths, past, recent }: DecodingStep,
): { readonly logits: Tensor; readonly recent: readonly Cache[] } {
  const symbols = embed(graph, oneHot(graph, token), weights.tokenTable); // [texts, D]
  // The last chunk may be longer than the text; what it decodes there is thrown away.
  const last = graph.integers([weights.positionTable.shape[0]! - 1], []);
  const row = elementAt(graph, weights.positionTable, 0, minimum(graph, position, last)); // [D]
  let hidden = add(graph, symbols, row); // [texts, D]
  const caches = weights.blocks.map((block, index) => {
    const { query, key, value } = projections(graph, block, hidden);
    const updated = withPosition(graph, recent[index]!, { key, value });
    const attended = cachedAttention(graph, query, {
      past: past[index]!,
      recent: updated,
      lengths,
    }); // [texts·heads, 1, D]
    const merged = reshape(graph, attended, [hidden.shape[0]!, block.combination.shape[1]!]);
    const combined = linear(graph, merged, block.combination, block.combinationBias);
    const middle = layerNorm(graph, add(graph, hidden, combined), block.gain1, block.bias1);
    const changed = add(graph, middle, perceptron(graph, block, middle));
    hidden = layerNorm(graph, changed, block.gain2, block.bias2); // [texts, D]
    return updated;
  });
  return { logits: linear(graph, hidden, weights.output, weights.outputBias), recent: caches };
}

function projections(
  graph: Graph,
  block: BlockWeights,
  hidden: Tensor,
): Readonly<Record<'query' | 'key' | 'value', Tensor>> {
  const [texts, width] = hidden.shape;
  const projected = linear(graph, hidden, block.projection, block.projectionBias);
  const perPart = projected.shape[1]! / 3;
  const [query, key, value] = split(graph, projected, 1, [perPart, perPart, perPart]).map((part) =>
    reshape(graph, part, [(texts! * perPart) / width!, 1, width!]),
  );
  return { query: query!, key: key!, value: value! };
}

function flatten(caches: readonly Cache[]): readonly Tensor[] {
  return caches.flatMap(({ keys, values }) => [keys, values]);
}

function unflatten(tensors: readonly Tensor[]): readonly Cache[] {
  return Array.from({ length: tensors.length / 2 }, (_, index) => ({
    keys: tensors[2 * index]!,
    values: tensors[2 * index + 1]!,
  }));
}

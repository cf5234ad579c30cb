import type { ModelConfig } from '../../config/run-schema.js';
import type { Graph, Tensor } from './graph.js';
import { concatenate, reshape, splitInTwo, zeros } from './primitives/arrange.js';
import { add } from './primitives/elementwise.js';
import { batchedProduct } from './primitives/matrix.js';
import { softmax } from './primitives/normalise.js';

/** How positions are divided for decoding: `chunks` chunks of `chunkLength` positions cover all T − 1 predictions. */
export interface DecodingShape {
  readonly model: ModelConfig;
  /** Texts that are decoded side by side. */
  readonly texts: number;
  readonly chunks: number;
  readonly chunkLength: number;
}

// A cache that grows is copied each time, so the cache of one chunk should be small, and the one of all chunks should
// grow seldom.
const WANTED_CHUNK = 16;

export function decodingShape(model: ModelConfig, texts: number): DecodingShape {
  const positions = model.tokens - 1;
  const chunks = Math.ceil(positions / WANTED_CHUNK);
  return { model, texts, chunks, chunkLength: Math.ceil(positions / chunks) };
}

/** Keys and values of one block of the model, for the positions so far; stack = texts · heads. */
export interface Cache {
  readonly keys: Tensor; // [stack, D, positions]: transposed, as the product with a query reads it row by row
  readonly values: Tensor; // [stack, positions, D]
}

/** A cache of no position yet. */
export function emptyCache(graph: Graph, { model, texts }: DecodingShape): Cache {
  const stack = texts * model.heads;
  const growing = (shape: readonly number[], axis: number): Tensor => ({
    ...zeros(graph, shape),
    shape: shape.with(axis, -1),
  });
  return {
    keys: growing([stack, model.embedding, 0], 2),
    values: growing([stack, 0, model.embedding], 1),
  };
}

/** A cache with one more position, given its key and value, [stack, 1, D]. */
export function withPosition(
  graph: Graph,
  cache: Cache,
  { key, value }: { readonly key: Tensor; readonly value: Tensor },
): Cache {
  const [stack, , width] = key.shape;
  return withChunk(graph, cache, { keys: reshape(graph, key, [stack!, width!, 1]), values: value });
}

/** A cache with the positions of another behind its own. */
export function withChunk(graph: Graph, cache: Cache, chunk: Cache): Cache {
  return {
    keys: concatenate(graph, [cache.keys, chunk.keys], 2),
    values: concatenate(graph, [cache.values, chunk.values], 1),
  };
}

/** Positions of the past before the current chunk, and of the chunk up to here. */
export interface Caches {
  readonly past: Cache;
  readonly recent: Cache;
  /** Their numbers of positions, int64 [2]. */
  readonly lengths: Tensor;
}

/** Attention of one query per text and head, [stack, 1, D], already scaled, to all positions so far: [stack, 1, D]. */
export function cachedAttention(
  graph: Graph,
  query: Tensor,
  { past, recent, lengths }: Caches,
): Tensor {
  const scores = [past, recent].map(({ keys }) => batchedProduct(graph, query, keys)); // [stack, 1, positions]
  const weights = softmax(graph, concatenate(graph, scores, 2));
  const [toPast, toRecent] = splitInTwo(graph, weights, 2, lengths);
  return add(
    graph,
    batchedProduct(graph, toPast, past.values),
    batchedProduct(graph, toRecent, recent.values),
  );
}

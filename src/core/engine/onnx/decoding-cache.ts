import type { ModelConfig } from '../../config/run-schema.js';
import type { Graph, Tensor } from './graph.js';
import { concatenate, splitInTwo, zeros } from './primitives/arrange.js';
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

/**
 * The inputs of one block's attention at the positions so far, [texts, positions, D]: the keys and values of all heads
 * (see `folded-attention.ts`).
 */
export type Cache = Tensor;

/** A cache of no position yet. */
export function emptyCache(graph: Graph, { model, texts }: DecodingShape): Cache {
  const empty = zeros(graph, [texts, 0, model.embedding]);
  return { ...empty, shape: empty.shape.with(1, -1) };
}

/** A cache with the positions of another, [texts, positions, D], behind its own. */
export function withPositions(graph: Graph, cache: Cache, added: Tensor): Cache {
  return concatenate(graph, [cache, added], 1);
}

/** Positions of the past before the current chunk, and of the chunk up to here. */
export interface Caches {
  readonly past: Cache;
  readonly recent: Cache;
  /** Their numbers of positions, int64 [2]. */
  readonly lengths: Tensor;
}

/** Attention of the queries of all heads, [texts, heads, D], already scaled, to all positions so far. */
export function cachedAttention(
  graph: Graph,
  queries: Tensor,
  { past, recent, lengths }: Caches,
): Tensor {
  const scores = [past, recent].map((keys) =>
    batchedProduct(graph, queries, keys, { transposeRight: true }),
  ); // [texts, heads, positions]
  const weights = softmax(graph, concatenate(graph, scores, 2));
  const [toPast, toRecent] = splitInTwo(graph, weights, 2, lengths);
  return add(graph, batchedProduct(graph, toPast, past), batchedProduct(graph, toRecent, recent)); // [texts, heads, D]
}

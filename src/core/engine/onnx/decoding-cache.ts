import type { ModelConfig } from '../../config/run-schema.js';
import type { Graph, Tensor } from './graph.js';
import { MASKED } from './operations/causal-attention.js';
import { concatenate, reshape, split, zeros } from './primitives/arrange.js';
import { add, cast, equal, less, multiply, scale, where } from './primitives/elementwise.js';
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

// The state of a loop is copied at each turn, so the cache of one chunk should be small; but attending to two caches
// instead of one costs a few operators per block. Between 8 and 32 the time hardly changes.
const WANTED_CHUNK = 16;

export function decodingShape(model: ModelConfig, texts: number): DecodingShape {
  const positions = model.tokens - 1;
  const chunks = Math.ceil(positions / WANTED_CHUNK);
  return { model, texts, chunks, chunkLength: Math.ceil(positions / chunks) };
}

/** Keys and values of one block of the model, for a range of positions; stack = texts · heads. */
export interface Cache {
  readonly keys: Tensor; // [stack, D, positions]: transposed, as the product with a query reads it row by row
  readonly values: Tensor; // [stack, positions, D]
}

export function emptyCache(graph: Graph, shape: DecodingShape, positions: number): Cache {
  const { model, texts } = shape;
  const stack = texts * model.heads;
  return {
    keys: zeros(graph, [stack, model.embedding, positions]),
    values: zeros(graph, [stack, positions, model.embedding]),
  };
}

/** The recent cache, where the place of this position is still 0, with its key and value, [stack, 1, D]. */
export function withPosition(
  graph: Graph,
  recent: Cache,
  position: Tensor,
  { key, value }: { readonly key: Tensor; readonly value: Tensor },
): Cache {
  const [stack, length, width] = recent.values.shape;
  const here = cast(graph, equal(graph, range(graph, length!), position), graph.real); // [length]
  const column = reshape(graph, key, [stack!, width!, 1]);
  // A product and a sum: ORT's broadcasting `Where` takes twice as long.
  const keys = multiply(graph, column, reshape(graph, here, [1, 1, length!]));
  const values = multiply(graph, value, reshape(graph, here, [1, length!, 1]));
  return { keys: add(graph, recent.keys, keys), values: add(graph, recent.values, values) };
}

/** The past cache with a finished chunk in its place. */
export function withChunk(
  graph: Graph,
  { texts, model, chunks, chunkLength }: DecodingShape,
  past: Cache,
  chunk: Tensor,
  recent: Cache,
): Cache {
  const stack = texts * model.heads;
  const width = model.embedding;
  const here = equal(graph, range(graph, chunks), chunk); // [chunks]
  const keys = where(
    graph,
    reshape(graph, here, [1, 1, chunks, 1]),
    reshape(graph, recent.keys, [stack, width, 1, chunkLength]),
    reshape(graph, past.keys, [stack, width, chunks, chunkLength]),
  );
  const values = where(
    graph,
    reshape(graph, here, [1, chunks, 1, 1]),
    reshape(graph, recent.values, [stack, 1, chunkLength, width]),
    reshape(graph, past.values, [stack, chunks, chunkLength, width]),
  );
  return {
    keys: reshape(graph, keys, past.keys.shape),
    values: reshape(graph, values, past.values.shape),
  };
}

export interface CacheMasks {
  readonly past: Tensor; // [1, 1, chunks · chunkLength]
  readonly recent: Tensor; // [1, 1, chunkLength]
}

/** 0 for the positions before `count`, else {@link MASKED}: [1, 1, length]. */
export function maskFrom(graph: Graph, count: Tensor, length: number): Tensor {
  const visible = less(graph, range(graph, length), count);
  const mask = where(graph, visible, graph.constant(0), graph.constant(MASKED));
  return reshape(graph, mask, [1, 1, length]);
}

/** Attention of one query per text and head, [stack, 1, D], to the past and to the current chunk: [stack, 1, D]. */
export function cachedAttention(
  graph: Graph,
  query: Tensor,
  caches: Readonly<Record<keyof CacheMasks, Cache>>,
  masks: CacheMasks,
): Tensor {
  const factor = 1 / Math.sqrt(query.shape[2]!);
  const scores = (['past', 'recent'] as const).map((part) => {
    const product = batchedProduct(graph, query, caches[part].keys);
    return add(graph, product, masks[part]); // [stack, 1, positions]
  });
  const lengths = scores.map(({ shape }) => shape[2]!);
  // The factor comes after the mask: ORT would fuse it into the product, which takes twice as long then.
  const scaled = scale(graph, concatenate(graph, scores, 2), factor);
  const weights = split(graph, softmax(graph, scaled), 2, lengths);
  return add(
    graph,
    batchedProduct(graph, weights[0]!, caches.past.values),
    batchedProduct(graph, weights[1]!, caches.recent.values),
  );
}

function range(graph: Graph, length: number): Tensor {
  return graph.integers(Array.from({ length }, (_, index) => index));
}

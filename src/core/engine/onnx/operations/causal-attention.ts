import type { Graph, Tensor } from '../graph.js';
import { concatenate, split } from './arrange.js';
import { attention } from './attention.js';

/** exp of it is 0 in single precision, and unlike −∞ it never makes a NaN of a difference. */
export const MASKED = -1e9;

/** Positions below which a half is not worth the splitting. */
const SMALLEST_HALF = 48;

/**
 * Attention of each position to itself and those before it: [stack, T, D].
 *
 * The first half of the positions never looks at the second, so a quarter of all scores need not be computed.
 */
export function causalAttention(graph: Graph, query: Tensor, key: Tensor, value: Tensor): Tensor {
  const [, length, width] = query.shape;
  const half = length! >> 1;
  const factor = 1 / Math.sqrt(width!);
  if (half < SMALLEST_HALF)
    return attention(graph, { query, key, value, mask: causalMask(graph, 0, length!), factor });
  const [queries, keys, values] = [query, key, value].map((whole) =>
    split(graph, whole, 1, [half, length! - half]),
  );
  const early = attention(graph, {
    query: queries![0]!,
    key: keys![0]!,
    value: values![0]!,
    mask: causalMask(graph, 0, half),
    factor,
  });
  const mask = causalMask(graph, half, length!);
  const late = attention(graph, { query: queries![1]!, key, value, mask, factor });
  return concatenate(graph, [early, late], 1);
}

/** 0 where a position from `start` to `end - 1` may look, else {@link MASKED}: [1, end − start, end]. */
function causalMask(graph: Graph, start: number, end: number): Tensor {
  const mask = new Float32Array((end - start) * end);
  for (let position = start; position < end; position++)
    mask.fill(MASKED, (position - start) * end + position + 1, (position - start + 1) * end);
  return graph.constant(mask, [1, end - start, end]);
}

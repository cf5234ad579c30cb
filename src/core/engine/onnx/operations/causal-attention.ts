import type { Graph, Tensor } from '../graph.js';
import { concatenate, split, start } from './arrange.js';
import { attention } from './attention.js';

/** exp of it is 0 in single precision, and unlike −∞ it never makes a NaN of a difference. */
export const MASKED = -1e9;

/** Positions below which a band of queries is not worth a product of its own. */
const SMALLEST_BAND = 48;

interface CausalInputs {
  /** Of all heads, position by position, with the factor on the scores: [texts, T·heads, D]. */
  readonly queries: Tensor;
  /** What is keys and values of all heads: [texts, T, D]. */
  readonly memory: Tensor;
}

/**
 * Attention of each position to itself and those before it: [texts, T·heads, D].
 *
 * The queries are cut into bands of positions, each of which sees only the memory up to its own end: n bands save
 * (n − 1)/2n of the scores.
 */
export function causalAttention(graph: Graph, { queries, memory }: CausalInputs): Tensor {
  const length = memory.shape[1]!;
  const heads = queries.shape[1]! / length;
  const count = Math.max(1, Math.floor(length / SMALLEST_BAND));
  const ends = Array.from({ length: count }, (_, band) =>
    Math.round(((band + 1) * length) / count),
  );
  const begins = [0, ...ends];
  const bands = split(
    graph,
    queries,
    1,
    ends.map((end, band) => heads * (end - begins[band]!)),
  );
  const outputs = bands.map((query, band) => {
    const [begin, end] = [begins[band]!, ends[band]!];
    const seen = start(graph, memory, 1, end);
    return attention(graph, { query, memory: seen, mask: causalMask(graph, heads, begin, end) });
  });
  return concatenate(graph, outputs, 1);
}

/** 0 where a position from `begin` to `end - 1` may look, else {@link MASKED}: [1, (end − begin)·heads, end]. */
function causalMask(graph: Graph, heads: number, begin: number, end: number): Tensor {
  const rows = (end - begin) * heads;
  const mask = new Float32Array(rows * end);
  for (let row = 0; row < rows; row++)
    mask.fill(MASKED, row * end + begin + Math.floor(row / heads) + 1, (row + 1) * end);
  return graph.constant(mask, [1, rows, end]);
}

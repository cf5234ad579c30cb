import { CLS, VOCABULARY_SIZE } from '../../data/vocabulary.js';
import { parameterCount } from '../../model/parameter-count.js';
import {
  type Cache,
  type DecodingShape,
  cachedAttention,
  emptyCache,
  withPositions,
} from './decoding-cache.js';
import { Graph, type Tensor } from './graph.js';
import { loop } from './loop.js';
import { addPerceptron, oneHot } from './model-graph.js';
import { layerNorm } from './operations/layer-norm.js';
import { addLinear, embed, linear } from './operations/linear.js';
import { concatenate, elementAt, reshape } from './primitives/arrange.js';
import { add, cast, minimum, multiply } from './primitives/elementwise.js';
import { largestIndex } from './primitives/reduce.js';
import { type ModelWeights, modelWeights } from './weights.js';

/**
 * Autoregressive decoding as a graph: each next token is the argmax of logits + noise, which is a sample when the noise
 * is Gumbel noise (see `sampling-noise.ts`).
 *
 * What attention sees of earlier positions is kept. A cache that gets one more position is copied, so there are two
 * loops: the inner one lets the cache of its chunk of positions grow, and reads those of the past from outside.
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
  const weights = modelWeights(graph, model, parameters, texts, 'fused');
  const start = graph.integers(
    Array.from({ length: texts }, () => CLS),
    [texts],
    'int32',
  );
  const empty = weights.blocks.map(() => emptyCache(graph, shape));
  const { collected } = loop(graph, {
    turns: graph.integers([chunks], []),
    state: [start, ...empty],
    body: (outer, chunk, [first, ...past]) => {
      const before = multiply(outer, chunk, graph.integers([chunkLength], []));
      const inner = loop(outer, {
        turns: graph.integers([chunkLength], []),
        state: [first!, ...empty],
        body: (body, turn, [token, ...recent]) => {
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
            recent,
          });
          const noisy = add(body, step.logits, elementAt(body, noise, 0, position));
          const next = cast(body, largestIndex(body, noisy), 'int32');
          return { state: [next, ...step.recent], collected: [next] };
        },
      });
      const [last, ...finished] = inner.state;
      const after = finished.map((chunkOfBlock, block) =>
        withPositions(outer, past[block]!, chunkOfBlock),
      );
      const tokens = { ...inner.collected[0]!, shape: [chunkLength, texts] };
      return { state: [last!, ...after], collected: [tokens] };
    },
  });
  graph.output(collected[0]!, 'tokens');
  return graph.encode();
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
  const [texts, width] = hidden.shape;
  const caches = weights.blocks.map((block, index) => {
    const { query, queryBias, combination, combinationBias } = block.attention;
    const updated = withPositions(
      graph,
      recent[index]!,
      reshape(graph, hidden, [texts!, 1, width!]),
    );
    const queries = linear(graph, hidden, query, queryBias); // [texts, heads·D]
    const perHead = [texts!, queries.shape[1]! / width!, width!];
    const caches = { past: past[index]!, recent: updated, lengths };
    const attended = cachedAttention(graph, reshape(graph, queries, perHead), caches);
    const merged = reshape(graph, attended, queries.shape);
    const biased = add(graph, hidden, combinationBias);
    const combined = addLinear(graph, biased, merged, combination);
    const middle = layerNorm(graph, combined, block.gain1, block.bias1);
    const changed = addPerceptron(graph, block.perceptron, middle);
    hidden = layerNorm(graph, changed, block.gain2, block.bias2); // [texts, D]
    return updated;
  });
  return { logits: linear(graph, hidden, weights.output, weights.outputBias), recent: caches };
}

import type { ModelConfig } from '../../config/run-schema.js';
import { VOCABULARY_SIZE } from '../../data/vocabulary.js';
import type { Graph, Tensor } from './graph.js';
import { add, multiply } from './operations/arithmetic.js';
import { reshape, split, transpose } from './operations/arrange.js';
import { causalAttention } from './operations/causal-attention.js';
import { gelu, scaledGelu } from './operations/gelu.js';
import { layerNorm } from './operations/layer-norm.js';
import { addLinear, affine, embed, linear } from './operations/linear.js';
import { cast, equal } from './primitives/elementwise.js';
import { reshape as reshapePlain } from './primitives/arrange.js';
import type { BlockWeights, ModelWeights } from './weights.js';

/** One-hot rows of tokens: [texts, T] to [texts·T, V]. By comparison, as `OneHot` has no WebGPU kernel. */
export function oneHot(graph: Graph, tokens: Tensor): Tensor {
  const rows = tokens.shape.reduce((product, length) => product * length, 1);
  const symbols = Array.from({ length: VOCABULARY_SIZE }, (_, symbol) => symbol);
  const all = graph.integers(symbols, [1, VOCABULARY_SIZE], 'int32');
  return cast(graph, equal(graph, reshapePlain(graph, tokens, [rows, 1]), all), graph.real);
}

/**
 * The decoder-transformer: logits of each next token, [texts·T, V].
 *
 * @param oneHotTokens [texts·T, V]
 * @param dropoutMask factors on the sum of the embeddings, [texts, T, D]
 */
export function modelLogits(
  graph: Graph,
  model: ModelConfig,
  weights: ModelWeights,
  oneHotTokens: Tensor,
  dropoutMask?: Tensor,
): Tensor {
  const { tokens, embedding: width } = model;
  const rows = oneHotTokens.shape[0]!;
  const texts = rows / tokens;
  const symbols = reshape(graph, embed(graph, oneHotTokens, weights.tokenTable), [
    texts,
    tokens,
    width,
  ]);
  const sum = add(graph, symbols, weights.positionTable); // [texts, T, D]
  const embedded = dropoutMask === undefined ? sum : multiply(graph, sum, dropoutMask);
  let hidden = reshape(graph, embedded, [rows, width]);
  for (const block of weights.blocks) {
    const attended = add(graph, hidden, selfAttention(graph, model, block, hidden));
    const middle = layerNorm(graph, attended, block.gain1, block.bias1); // [rows, D]
    const changed = add(graph, middle, perceptron(graph, block, middle));
    hidden = layerNorm(graph, changed, block.gain2, block.bias2); // [rows, D]
  }
  return linear(graph, hidden, weights.output, weights.outputBias);
}

/** The MLP D → neurons·D → D with exact GELU, slice by slice: [rows, D]. */
export function perceptron(graph: Graph, block: BlockWeights, input: Tensor): Tensor {
  const activate = block.activation === 'fused' ? gelu : scaledGelu;
  let output: Tensor | undefined;
  for (const { expansion, expansionRows, contraction } of block.slices) {
    const hidden = affine(graph, input, { weight: expansion, rows: expansionRows });
    const activated = activate(graph, hidden); // [rows, hidden neurons of the slice]
    output =
      output === undefined
        ? linear(graph, activated, contraction, block.contractionBias)
        : addLinear(graph, output, activated, contraction);
  }
  return output!;
}

function selfAttention(
  graph: Graph,
  model: ModelConfig,
  block: BlockWeights,
  input: Tensor,
): Tensor {
  const { tokens, embedding: width, heads } = model;
  const rows = input.shape[0]!;
  const texts = rows / tokens;
  const stack = texts * heads;
  const projected = linear(graph, input, block.projection, block.projectionBias); // [rows, 3·heads·D]
  const separate = transpose(
    graph,
    reshape(graph, projected, [texts, tokens, 3, heads, width]),
    [2, 0, 3, 1, 4],
  ); // [3, texts, heads, T, D]
  const [query, key, value] = split(
    graph,
    reshape(graph, separate, [3 * stack, tokens, width]),
    0,
    [stack, stack, stack],
  );
  const attended = causalAttention(graph, query!, key!, value!); // [stack, T, D]
  const together = transpose(
    graph,
    reshape(graph, attended, [texts, heads, tokens, width]),
    [0, 2, 1, 3],
  ); // [texts, T, heads, D]
  const merged = reshape(graph, together, [rows, heads * width]);
  return linear(graph, merged, block.combination, block.combinationBias);
}

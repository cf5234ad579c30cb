import type { ModelConfig } from '../../config/run-schema.js';
import { VOCABULARY_SIZE } from '../../data/vocabulary.js';
import type { Graph, Tensor } from './graph.js';
import { after, noRows } from './operations/after.js';
import { add, multiply } from './operations/arithmetic.js';
import { reshape } from './operations/arrange.js';
import { causalAttention } from './operations/causal-attention.js';
import { curvedGelu, gelu } from './operations/gelu.js';
import { layerNorm } from './operations/layer-norm.js';
import { addLinear, affine, embed, linear } from './operations/linear.js';
import { cast, equal } from './primitives/elementwise.js';
import { reshape as reshapePlain } from './primitives/arrange.js';
import type { FoldedAttention } from './folded-attention.js';
import type { PerceptronWeights } from './folded-perceptron.js';
import type { ModelWeights } from './weights.js';

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
    const attended = addAttention(graph, model, block.attention, hidden);
    const middle = layerNorm(graph, attended, block.gain1, block.bias1); // [rows, D]
    const changed = addPerceptron(graph, block.perceptron, middle);
    hidden = layerNorm(graph, changed, block.gain2, block.bias2); // [rows, D]
  }
  return linear(graph, hidden, weights.output, weights.outputBias);
}

/** `input + MLP(input)`, with the MLP D → neurons·D → D and exact GELU, slice by slice: [rows, D]. */
export function addPerceptron(graph: Graph, weights: PerceptronWeights, input: Tensor): Tensor {
  const { slices, bias, shortcut } = weights;
  // All activations come before the sums in the graph: ONNX Runtime visits the latest node that it needs first, so
  // that it then computes slice by slice.
  const hidden = slices.map(({ expansion, expansionRows }) =>
    affine(graph, input, { weight: expansion, rows: expansionRows }),
  ); // [rows, hidden neurons of the slice]
  if (shortcut === undefined) {
    const activated = hidden.map((values) => gelu(graph, values));
    return activated.reduce(
      (sum, values, index) => addLinear(graph, sum, values, slices[index]!.contraction),
      add(graph, input, bias),
    );
  }
  const curved = hidden.map((values) => {
    const { output, slope } = curvedGelu(graph, values);
    return { output, slopeIsDone: noRows(graph, slope, input.shape[1]!) };
  });
  return curved.reduce(
    (sum, { output, slopeIsDone }, index) =>
      addLinear(graph, after(graph, sum, slopeIsDone), output, slices[index]!.contraction),
    linear(graph, input, shortcut, bias),
  );
}

/** `input + attention(input)`: [rows, D]. */
function addAttention(
  graph: Graph,
  { tokens, embedding: width, heads }: ModelConfig,
  weights: FoldedAttention,
  input: Tensor,
): Tensor {
  const texts = input.shape[0]! / tokens;
  const queries = linear(graph, input, weights.query, weights.queryBias); // [rows, heads·D]
  const attended = causalAttention(graph, {
    queries: reshape(graph, queries, [texts, tokens * heads, width]),
    memory: reshape(graph, input, [texts, tokens, width]),
  }); // [texts, T·heads, D]
  const merged = reshape(graph, attended, [texts * tokens, heads * width]);
  const biased = add(graph, input, weights.combinationBias);
  return addLinear(graph, biased, merged, weights.combination);
}

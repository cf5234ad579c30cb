import * as tf from '@tensorflow/tfjs-core';
import type { ModelConfig } from '../../config/run-schema.js';
import { VOCABULARY_SIZE } from '../../data/vocabulary.js';
import type { Weights } from './weights.js';

// exp of it is 0 in single precision, and unlike −∞ it never makes a NaN of a difference.
const MASKED = -1e9;
/** PyTorch's default. */
const LAYER_NORM_EPSILON = 1e-5;

/**
 * The decoder-transformer: logits of each next token, [texts·T, V].
 *
 * @param oneHot rows of tokens, [texts·T, V]; a product with them has a gradient that adds in a fixed order, which that
 *   of a gather does not on a GPU
 * @param dropoutMask factors on the sum of the embeddings, [texts, T, D]
 */
export function modelLogits(
  model: ModelConfig,
  weights: Weights,
  oneHot: tf.Tensor2D,
  dropoutMask?: tf.Tensor,
): tf.Tensor {
  const { tokens, embedding: width, blocks } = model;
  const rows = oneHot.shape[0];
  const symbols = tf.reshape(tf.matMul(oneHot, weights('emb.weight')), [-1, tokens, width]);
  const sum = tf.add(symbols, weights('pos.weight')); // [texts, T, D]
  const embedded = dropoutMask === undefined ? sum : tf.mul(sum, dropoutMask);
  const mask = causalMask(tokens);
  let hidden = tf.reshape(embedded, [rows, width]);
  for (let index = 0; index < blocks; index++)
    hidden = applyBlock(model, blockWeights(weights, index), hidden, (projected) =>
      attend(projected, mask),
    );
  return outputLogits(weights, hidden);
}

/** Queries, keys and values of all heads: each [texts·heads, rows of a text, D]. */
export interface Projected {
  readonly query: tf.Tensor;
  readonly key: tf.Tensor;
  readonly value: tf.Tensor;
}

/** Weights of one block, by the end of their names. */
export function blockWeights(weights: Weights, index: number): Weights {
  return (name) => weights(`blocks.${index}.${name}`);
}

/**
 * One block: attention and MLP, each added to its input and normalised: [rows, D].
 *
 * @param attention what the heads make of their queries, keys and values
 * @param rowsPerText rows of a text in the input
 */
export function applyBlock(
  { tokens, embedding: width, heads }: ModelConfig,
  weights: Weights,
  input: tf.Tensor,
  attention: (projected: Projected) => tf.Tensor,
  rowsPerText: number = tokens,
): tf.Tensor {
  const split = [-1, rowsPerText, heads, width];
  const project = (name: string): tf.Tensor => {
    const projected = tf.reshape(linear(weights, `attn.${name}`, input), split);
    return tf.reshape(tf.transpose(projected, [0, 2, 1, 3]), [-1, rowsPerText, width]);
  };
  const heard = attention({ query: project('q'), key: project('k'), value: project('v') });
  const together = tf.transpose(tf.reshape(heard, [-1, heads, rowsPerText, width]), [0, 2, 1, 3]);
  const merged = tf.reshape(together, [-1, heads * width]); // [rows, heads·D]
  const middle = layerNorm(weights, 'ln1', tf.add(input, linear(weights, 'attn.c', merged)));
  const changed = linear(weights, 'mlp2', gelu(linear(weights, 'mlp1', middle)));
  return layerNorm(weights, 'ln2', tf.add(middle, changed));
}

/** Scaled dot-product attention (Vaswani et al., 2017, eq. 1): [texts·heads, rows, D]. */
export function attend({ query, key, value }: Projected, mask?: tf.Tensor): tf.Tensor {
  const factor = 1 / Math.sqrt(query.shape.at(-1)!);
  const scores = tf.mul(tf.matMul(query, key, false, true), factor); // [texts·heads, rows, positions]
  return tf.matMul(tf.softmax(mask === undefined ? scores : tf.add(scores, mask)), value);
}

/** Logits from the last hidden state: [rows, V]. */
export function outputLogits(weights: Weights, hidden: tf.Tensor): tf.Tensor {
  return linear(weights, 'out', hidden);
}

/** One-hot rows of tokens, [tokens, V]. */
export function oneHotRows(tokens: Int32Array): tf.Tensor2D {
  const rows = new Float32Array(tokens.length * VOCABULARY_SIZE);
  for (const [row, token] of tokens.entries()) rows[row * VOCABULARY_SIZE + token] = 1;
  return tf.tensor2d(rows, [tokens.length, VOCABULARY_SIZE]);
}

/** x·Wᵀ + b with W [out, in]. */
function linear(weights: Weights, name: string, input: tf.Tensor): tf.Tensor {
  const product = tf.matMul(input, weights(`${name}.weight`), false, true);
  return tf.add(product, weights(`${name}.bias`));
}

/** The exact GELU, x·½·(1 + erf(x/√2)) (Hendrycks and Gimpel, 2016). */
function gelu(input: tf.Tensor): tf.Tensor {
  return tf.mul(tf.mul(input, 0.5), tf.add(tf.erf(tf.mul(input, Math.SQRT1_2)), 1));
}

function layerNorm(weights: Weights, name: string, input: tf.Tensor): tf.Tensor {
  const mean = meanOfRows(input);
  const centred = tf.sub(input, mean);
  const variance = meanOfRows(tf.mul(centred, centred));
  const standard = tf.mul(centred, tf.rsqrt(tf.add(variance, LAYER_NORM_EPSILON)));
  return tf.add(tf.mul(standard, weights(`${name}.weight`)), weights(`${name}.bias`));
}

function meanOfRows(input: tf.Tensor): tf.Tensor {
  return tf.mul(tf.sum(input, -1, true), 1 / input.shape.at(-1)!);
}

/** 0 where a position may look, else {@link MASKED}: [1, T, T]. */
function causalMask(tokens: number): tf.Tensor {
  const mask = new Float32Array(tokens * tokens);
  for (let row = 0; row < tokens; row++)
    mask.fill(MASKED, row * tokens + row + 1, (row + 1) * tokens);
  return tf.tensor(mask, [1, tokens, tokens]);
}

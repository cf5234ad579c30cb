import * as tf from '@tensorflow/tfjs-core';
import type { ModelConfig } from '../../config/run-schema.js';
import { CLS, VOCABULARY_SIZE } from '../../data/vocabulary.js';
import { applyBlock, attend, blockWeights, oneHotRows, outputLogits } from './forward.js';
import type { Weights } from './weights.js';

/** Keys and values of the positions so far: [texts·heads, positions, D]. */
type Cache = { key: tf.Tensor; value: tf.Tensor };

/** What one position leaves for the next. */
type Decoding = { next: tf.Tensor1D; oneHot: tf.Tensor; caches: Cache[] };

/**
 * Autoregressive decoding: each next token is the argmax of logits + noise. Keys and values of earlier positions are
 * kept, and tokens stay on the device until the end.
 *
 * @param noise [T − 1, texts, V]
 * @returns the tokens after the start token, position by position: [T − 1, texts]
 */
export async function decodeTexts(
  model: ModelConfig,
  weights: Weights,
  noise: Float32Array,
  texts: number,
): Promise<Int32Array> {
  const positions = model.tokens - 1;
  const allNoise = tf.tensor3d(noise, [positions, texts, VOCABULARY_SIZE]);
  let oneHot: tf.Tensor = oneHotRows(new Int32Array(texts).fill(CLS));
  let caches: Cache[] = [];
  const tokens: tf.Tensor1D[] = [];
  for (let position = 0; position < positions; position++) {
    const before = { oneHot, caches };
    const after = tf.tidy(() => decodePosition(model, weights, before, { position, allNoise }));
    tf.dispose(before);
    ({ oneHot, caches } = after);
    tokens.push(after.next);
  }
  const decoded = tf.stack(tokens); // [T − 1, texts]
  const values = await decoded.data<'int32'>();
  tf.dispose([decoded, allNoise, oneHot, ...tokens]);
  tf.dispose(caches);
  return Int32Array.from(values);
}

function decodePosition(
  model: ModelConfig,
  weights: Weights,
  { oneHot, caches }: Pick<Decoding, 'oneHot' | 'caches'>,
  { position, allNoise }: { position: number; allNoise: tf.Tensor3D },
): Decoding {
  const place = tf.slice(weights('pos.weight'), [position, 0], [1, model.embedding]);
  let hidden: tf.Tensor = tf.add(tf.matMul(oneHot, weights('emb.weight')), place); // [texts, D]
  const grown: Cache[] = [];
  for (let block = 0; block < model.blocks; block++) {
    const past = caches[block];
    const attention = ({ query, key, value }: Cache & { query: tf.Tensor }): tf.Tensor => {
      const cache =
        past === undefined
          ? { key, value }
          : { key: tf.concat([past.key, key], 1), value: tf.concat([past.value, value], 1) };
      grown.push(cache);
      return attend({ query, ...cache });
    };
    hidden = applyBlock(model, blockWeights(weights, block), hidden, attention, 1);
  }
  const noise = tf.reshape(tf.slice(allNoise, [position, 0, 0], [1, -1, -1]), [
    -1,
    VOCABULARY_SIZE,
  ]);
  const next: tf.Tensor1D = tf.argMax(tf.add(outputLogits(weights, hidden), noise), 1);
  const nextRows = tf.cast(tf.oneHot(next, VOCABULARY_SIZE), 'float32');
  return { next, oneHot: nextRows, caches: grown };
}

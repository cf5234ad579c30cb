import * as tf from '@tensorflow/tfjs-core';
import type { ModelConfig } from '../../config/run-schema.js';
import { VOCABULARY_SIZE } from '../../data/vocabulary.js';
import type { Scores } from '../engine.js';

/** Scores on the device. */
export interface ScoreTensors {
  /** −Σ log p over the T − 1 predicted positions, padding included: [texts]. */
  readonly nll: tf.Tensor;
  /** Share of those positions where the argmax is right: [texts]. */
  readonly top1: tf.Tensor;
}

/** Scores of texts under teacher forcing, from the logits and the one-hot tokens, both [texts·T, V]. */
export function scoreTensors(
  { tokens }: ModelConfig,
  logits: tf.Tensor,
  oneHot: tf.Tensor2D,
): ScoreTensors {
  const perText: [number, number, number] = [-1, tokens, VOCABULARY_SIZE];
  const following = tf.slice(tf.reshape(oneHot, perText), [0, 1, 0]); // [texts, T − 1, V]
  // What each position shall predict: the one-hot rows moved up by one, and nothing for the last position.
  const targets = tf.pad(following, [[0, 0], [0, 1], [0, 0]]); // prettier-ignore
  const logProbabilities = tf.reshape(tf.logSoftmax(logits), perText);
  const nll = tf.neg(tf.sum(tf.mul(logProbabilities, targets), [1, 2]));

  const guesses = tf.slice(tf.argMax(tf.reshape(logits, perText), 2), [0, 0], [-1, tokens - 1]);
  const right = tf.equal(guesses, tf.argMax(following, 2)); // [texts, T − 1]
  return { nll, top1: tf.mean(tf.cast(right, 'float32'), 1) };
}

/** Scores of several parts of a batch, one after the other; the tensors are freed. */
export async function readScores(parts: readonly ScoreTensors[]): Promise<Scores> {
  const nll: number[] = [];
  const top1: number[] = [];
  for (const part of parts) {
    nll.push(...(await part.nll.data()));
    top1.push(...(await part.top1.data()));
    tf.dispose([part.nll, part.top1]);
  }
  return { nll: Float64Array.from(nll), top1: Float64Array.from(top1) };
}

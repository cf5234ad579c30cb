import * as tf from '@tensorflow/tfjs-core';
import type { ModelConfig } from '../../config/run-schema.js';
import type { AdamwOptions, TokenBatch } from '../engine.js';
import { modelLogits, oneHotRows } from './forward.js';
import { type ScoreTensors, scoreTensors } from './scores.js';
import { type ParameterList, weightsOf } from './weights.js';

/** Everything that a step changes, on the device; each list is in the order of `parameterLayout`. */
export interface TrainingState {
  readonly parameters: ParameterList;
  readonly firstMoments: ParameterList;
  readonly secondMoments: ParameterList;
}

/** A part of a batch whose gradients are computed at once. */
export interface MicroBatch extends TokenBatch {
  /** Factors on the sum of the embeddings, [texts, T, D]. */
  readonly dropoutMask: Float32Array | undefined;
}

/** What the parts of a batch give: the caller frees the tensors. */
export interface BatchGradients {
  /** Of the batch's mean loss, in the order of `parameterLayout`. */
  readonly gradients: readonly tf.Tensor[];
  readonly scores: readonly ScoreTensors[];
}

/** Gradients of a batch's mean loss, summed over its parts. */
export function batchGradients(
  model: ModelConfig,
  parameters: ParameterList,
  parts: readonly MicroBatch[],
): BatchGradients {
  const texts = parts.reduce((sum, part) => sum + part.texts, 0);
  const scores: ScoreTensors[] = [];
  let gradients: readonly tf.Tensor[] = [];
  for (const part of parts) {
    const before = gradients;
    gradients = tf.tidy(() => {
      const { score, gradient } = partGradients(model, parameters, part, 1 / texts);
      scores.push(score);
      return gradient.map((each, index) =>
        before.length === 0 ? each : tf.add(each, before[index]!),
      );
    });
    tf.dispose([...before]);
  }
  return { gradients, scores };
}

function partGradients(
  model: ModelConfig,
  parameters: ParameterList,
  { tokens, texts, dropoutMask }: MicroBatch,
  textWeight: number,
): { readonly score: ScoreTensors; readonly gradient: tf.Tensor[] } {
  const oneHot = oneHotRows(tokens);
  const mask =
    dropoutMask === undefined
      ? undefined
      : tf.tensor(dropoutMask, [texts, model.tokens, model.embedding]);
  const scores: ScoreTensors[] = [];
  const { grads } = tf.variableGrads(() => {
    const logits = modelLogits(model, weightsOf(model, parameters), oneHot, mask);
    const score = scoreTensors(model, logits, oneHot);
    tf.keep(score.nll);
    tf.keep(score.top1);
    scores.push(score);
    return tf.sum<tf.Scalar>(tf.mul(score.nll, textWeight));
  }, [...parameters]);
  return { score: scores[0]!, gradient: parameters.map(({ name }) => grads[name]!) };
}

/**
 * One update as PyTorch's `torch.optim.AdamW` does it (Loshchilov and Hutter, 2019, algorithm 2).
 *
 * @param step number of this step, counted from 1
 */
export function adamwUpdate(
  state: TrainingState,
  gradients: readonly tf.Tensor[],
  { beta1, beta2, epsilon, learningRate, weightDecay }: AdamwOptions,
  step: number,
): void {
  const stepSize = learningRate / (1 - beta1 ** step);
  const secondCorrection = 1 / Math.sqrt(1 - beta2 ** step);
  for (const [index, gradient] of gradients.entries()) {
    tf.tidy(() => {
      const first = state.firstMoments[index]!;
      const second = state.secondMoments[index]!;
      const parameter = state.parameters[index]!;
      first.assign(average(first, gradient, beta1));
      second.assign(average(second, tf.mul(gradient, gradient), beta2));
      const denominator = tf.add(tf.mul(tf.sqrt(second), secondCorrection), epsilon);
      const move = tf.div(tf.mul(first, stepSize), denominator);
      parameter.assign(tf.sub(tf.mul(parameter, 1 - learningRate * weightDecay), move));
    });
  }
}

/** Exponential moving average: beta·old + (1 − beta)·value. */
function average(old: tf.Tensor, value: tf.Tensor, beta: number): tf.Tensor {
  return tf.add(tf.mul(old, beta), tf.mul(value, 1 - beta));
}

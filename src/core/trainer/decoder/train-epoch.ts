import type { TrainRunConfig } from '../../config/run-schema.js';
import { epochBatches, selectBatch, type EncodedSplit } from '../../data/batches.js';
import type { Engine } from '../../engine/engine.js';
import { dropoutMask } from '../../random/dropout-mask.js';
import { Generator } from '../../random/generator.js';
import { divergence } from '../divergence.js';
import type { TrainerContext } from '../trainer.js';
import { type MeanScores, ScoreSum } from './mean-scores.js';

/** Time between two signs of life within an epoch. */
const PROGRESS_MS = 2_000;

export type EpochResult =
  | {
      readonly type: 'trained';
      /** Means over the epoch's batches, with dropout, each before its own update. */
      readonly scores: MeanScores;
      readonly steps: number;
      readonly seconds: number;
    }
  | { readonly type: 'diverged'; readonly nll: number; readonly message: string };

/**
 * One pass over the training texts in random order.
 *
 * The order and the dropout masks come from random streams named by the epoch, so that an epoch that is trained again
 * after an interruption is the same epoch.
 *
 * @throws the signal's reason when it is aborted meanwhile
 */
export async function trainEpoch(
  engine: Engine,
  split: EncodedSplit,
  epoch: number,
  config: TrainRunConfig,
  context: Pick<TrainerContext, 'signal' | 'report'>,
): Promise<EpochResult> {
  const { model, train, seed } = config;
  const order = Generator.fromSeed(seed, `order/${epoch}`);
  const dropout = Generator.fromSeed(seed, `dropout/${epoch}`);
  const batches = epochBatches(split.count, train.batchSize, order);
  const scores = new ScoreSum();
  const begin = performance.now();
  let lastReport = epoch === 0 ? -Infinity : begin; // the very first step is a sign of life
  let texts = 0;
  for (const [step, indices] of batches.entries()) {
    context.signal.throwIfAborted();
    const batch = { tokens: selectBatch(split, indices), texts: indices.length };
    const size = indices.length * model.tokens * model.embedding; // [texts, T, D]
    const options =
      model.dropout > 0 ? { dropoutMask: dropoutMask(size, model.dropout, dropout) } : {};
    const { nll } = scores.add(await engine.step(batch, options));
    texts += indices.length;

    const message = divergence(nll, model.tokens);
    if (message !== null) return { type: 'diverged', nll, message };

    const now = performance.now();
    if (now - lastReport >= PROGRESS_MS) {
      lastReport = now;
      context.report({
        type: 'progress',
        epoch,
        step: step + 1,
        stepsPerEpoch: batches.length,
        nll: scores.mean().nll,
        textsPerSecond: texts / ((now - begin) / 1000),
      });
    }
  }
  const seconds = (performance.now() - begin) / 1000;
  return { type: 'trained', scores: scores.mean(), steps: batches.length, seconds };
}

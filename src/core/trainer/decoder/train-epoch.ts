import type { TrainRunConfig } from '../../config/run-schema.js';
import { epochBatches, selectBatch, type EncodedSplit } from '../../data/batches.js';
import type { Engine } from '../../engine/engine.js';
import { dropoutMask } from '../../random/dropout-mask.js';
import { Generator } from '../../random/generator.js';
import { divergence } from '../divergence.js';
import type { TrainerContext } from '../trainer.js';
import { type MeanScores, ScoreSum } from './mean-scores.js';
import { createProgressReporter } from './progress-reporter.js';

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
  const work = { epoch, split: 'train', steps: batches.length } as const;
  const progress = createProgressReporter(work, context.report);
  for (const indices of batches) {
    context.signal.throwIfAborted();
    const batch = { tokens: selectBatch(split, indices), texts: indices.length };
    const size = indices.length * model.tokens * model.embedding; // [texts, T, D]
    const options =
      model.dropout > 0 ? { dropoutMask: dropoutMask(size, model.dropout, dropout) } : {};
    const { nll } = scores.add(await engine.step(batch, options));
    const message = divergence(nll, model.tokens);
    if (message !== null) return { type: 'diverged', nll, message };

    progress(scores.texts, () => scores.mean());
  }
  const seconds = (performance.now() - begin) / 1000;
  return { type: 'trained', scores: scores.mean(), steps: batches.length, seconds };
}

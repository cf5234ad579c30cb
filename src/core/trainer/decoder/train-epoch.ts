import type { TrainRunConfig } from '../../config/run-schema.js';
import { epochBatches, selectBatch, type EncodedSplit } from '../../data/batches.js';
import type { Engine, Scores, StepInput } from '../../engine/engine.js';
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
  context: Pick<TrainerContext, 'signal' | 'report' | 'begins'>,
): Promise<EpochResult> {
  const { model, train, seed } = config;
  const order = Generator.fromSeed(seed, `order/${epoch}`);
  const dropout = Generator.fromSeed(seed, `dropout/${epoch}`);
  const batches = epochBatches(split.count, train.batchSize, order);
  const scores = new ScoreSum();
  const begin = performance.now();
  const work = { epoch, split: 'train', steps: batches.length } as const;
  const progress = createProgressReporter(work, context.report);
  const perCall = engine.block?.size ?? 1;
  for (let first = 0; first < batches.length; first += perCall) {
    context.signal.throwIfAborted();
    context.begins('train');
    const inputs = batches.slice(first, first + perCall).map((indices): StepInput => {
      const batch = { tokens: selectBatch(split, indices), texts: indices.length };
      if (model.dropout === 0) return { batch };
      const size = indices.length * model.tokens * model.embedding; // [texts, T, D]
      return { batch, dropoutMask: dropoutMask(size, model.dropout, dropout) };
    });
    for (const result of await takeSteps(engine, inputs)) {
      const { nll } = scores.add(result);
      const message = divergence(nll, model.tokens);
      if (message !== null) return { type: 'diverged', nll, message };
    }
    progress(first + inputs.length, scores);
  }
  const seconds = (performance.now() - begin) / 1000;
  return { type: 'trained', scores: scores.mean(), steps: batches.length, seconds };
}

/** One or several optimizer steps, in one call where the engine does that. */
async function takeSteps(engine: Engine, inputs: readonly StepInput[]): Promise<readonly Scores[]> {
  if (engine.block !== undefined) return engine.block.steps(inputs);
  const scores: Scores[] = [];
  for (const { batch, ...options } of inputs) scores.push(await engine.step(batch, options));
  return scores;
}

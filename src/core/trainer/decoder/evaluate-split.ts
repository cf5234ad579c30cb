import { selectBatch, sequentialBatches, type EncodedSplit } from '../../data/batches.js';
import type { Engine } from '../../engine/engine.js';
import type { TrainerContext } from '../trainer.js';
import { type MeanScores, ScoreSum } from './mean-scores.js';
import { createProgressReporter, type Work } from './progress-reporter.js';

/** Texts between two looks at the stop signal. */
const CHUNK = 64;

/**
 * Scores of a whole split without dropout: NLL in nats per text and top-1, averaged over the texts.
 *
 * @throws the signal's reason when it is aborted meanwhile
 */
export async function evaluateSplit(
  engine: Engine,
  encoded: EncodedSplit,
  work: Omit<Work, 'steps'>,
  { signal, report }: Pick<TrainerContext, 'signal' | 'report'>,
): Promise<MeanScores> {
  const scores = new ScoreSum();
  const batches = sequentialBatches(encoded.count, CHUNK);
  const progress = createProgressReporter({ ...work, steps: batches.length }, report);
  for (const indices of batches) {
    signal.throwIfAborted();
    const tokens = selectBatch(encoded, indices);
    scores.add(await engine.evaluate({ tokens, texts: indices.length }));
    progress(scores.texts, () => scores.mean());
  }
  return scores.mean();
}

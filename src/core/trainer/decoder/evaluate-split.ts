import { selectBatch, sequentialBatches, type EncodedSplit } from '../../data/batches.js';
import type { Engine } from '../../engine/engine.js';
import type { TrainerContext } from '../trainer.js';
import { type MeanScores, ScoreSum } from './mean-scores.js';
import { createProgressReporter, type Work } from './progress-reporter.js';

/** Texts between two looks at the stop signal. */
const CHUNK = 64;

/** Scores of a split and of each of its texts. */
export interface SplitScores {
  readonly scores: MeanScores;
  /** Nats, in the order of the split. */
  readonly textNll: readonly number[];
}

/**
 * Scores of a whole split without dropout: NLL in nats per text and top-1, averaged over the texts.
 *
 * @throws the signal's reason when it is aborted meanwhile
 */
export async function evaluateSplit(
  engine: Engine,
  encoded: EncodedSplit,
  work: Omit<Work, 'steps'>,
  { signal, report, begins }: Pick<TrainerContext, 'signal' | 'report' | 'begins'>,
): Promise<SplitScores> {
  const scores = new ScoreSum();
  const batches = sequentialBatches(encoded.count, CHUNK);
  const progress = createProgressReporter({ ...work, steps: batches.length }, report);
  for (const [index, indices] of batches.entries()) {
    signal.throwIfAborted();
    begins('evaluate');
    const tokens = selectBatch(encoded, indices);
    scores.add(await engine.evaluate({ tokens, texts: indices.length }));
    progress(index + 1, scores);
  }
  return { scores: scores.mean(), textNll: scores.perText };
}

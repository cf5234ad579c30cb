import { selectBatch, sequentialBatches, type EncodedSplit } from '../../data/batches.js';
import type { Engine } from '../../engine/engine.js';
import { type MeanScores, ScoreSum } from './mean-scores.js';

/** Texts between two looks at the stop signal. */
const CHUNK = 256;

/**
 * Scores of a whole split without dropout: NLL in nats per text and top-1, averaged over the texts.
 *
 * @throws the signal's reason when it is aborted meanwhile
 */
export async function evaluateSplit(
  engine: Engine,
  split: EncodedSplit,
  signal: AbortSignal,
): Promise<MeanScores> {
  const scores = new ScoreSum();
  for (const indices of sequentialBatches(split.count, CHUNK)) {
    signal.throwIfAborted();
    const tokens = selectBatch(split, indices);
    scores.add(await engine.evaluate({ tokens, texts: indices.length }));
  }
  return scores.mean();
}

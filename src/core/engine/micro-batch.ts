import type { ModelConfig } from '../config/run-schema.js';

/**
 * Bytes that the largest activation shall take, so that the passes over it stay in the cache. Measured on 2 cores with
 * 32 MiB of shared cache, CPU time of a step: 87k is fastest with 4-8 texts (8 are 3.6 MB), 557k with 2-8 (4 are
 * 3.6 MB), 5.1M and 10.1M with 1 (4.9 and 7.9 MB); whole batches take 1.2 to 1.4 times as long, and far more memory.
 */
const WANTED_BYTES = 4 * 2 ** 20;

/** Texts whose gradients are computed at once: a power of two, or the whole batch when that is smaller. */
export function microBatchSize(model: ModelConfig, batchSize: number): number {
  const { tokens, embedding, neurons, heads } = model;
  const bytesPerText = 4 * tokens * Math.max(neurons * embedding, heads * tokens);
  const fitting = Math.max(1, WANTED_BYTES / bytesPerText);
  return Math.min(batchSize, 2 ** Math.round(Math.log2(fitting)));
}

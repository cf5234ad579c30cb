import type { Generator } from '../random/generator.js';
import { shuffledIndices } from '../random/shuffle.js';
import { encodeTexts } from './vocabulary.js';

/** The texts of one split as symbols. */
export interface EncodedSplit {
  /** [count, length], flat. */
  readonly tokens: Int32Array;
  /** Number of texts. */
  readonly count: number;
  /** Symbols of each text, padding included (T). */
  readonly length: number;
}

/** Encode a split once, so that an epoch only copies rows. */
export function encodeSplit(texts: readonly string[], tokens: number): EncodedSplit {
  return { tokens: encodeTexts(texts, tokens), count: texts.length, length: tokens };
}

/** The rows at `indices`, in that order: [indices.length, T], flat. */
export function selectBatch(split: EncodedSplit, indices: Int32Array): Int32Array {
  const { tokens, length } = split;
  const batch = new Int32Array(indices.length * length);
  indices.forEach((row, position) => {
    batch.set(tokens.subarray(row * length, (row + 1) * length), position * length);
  });
  return batch;
}

/** The indices of one epoch in random order, cut into batches; the last may be smaller, none is left out. */
export function epochBatches(count: number, batchSize: number, generator: Generator): Int32Array[] {
  return cutIntoBatches(shuffledIndices(count, generator), batchSize);
}

/** The indices 0 … count - 1 in order, cut into batches; for evaluation. */
export function sequentialBatches(count: number, batchSize: number): Int32Array[] {
  return cutIntoBatches(
    Int32Array.from({ length: count }, (_, index) => index),
    batchSize,
  );
}

function cutIntoBatches(indices: Int32Array, batchSize: number): Int32Array[] {
  const batches: Int32Array[] = [];
  for (let start = 0; start < indices.length; start += batchSize) {
    batches.push(indices.slice(start, start + batchSize));
  }
  return batches;
}

import type { ModelConfig } from '../config/run-schema.js';
import { VOCABULARY_SIZE } from '../data/vocabulary.js';

/**
 * Number of trainable parameters of a model: arithmetic on its shapes, so that a definition may ask about a model of any
 * size. What they are is told by `parameterLayout`, and a test compares the two.
 */
export function parameterCount(model: ModelConfig): number {
  const { tokens, embedding: width, neurons, heads, blocks } = model;
  const projected = heads * width; // every head has the full width D
  const hidden = neurons * width;
  const attention = 3 * (projected * width + projected) + (width * projected + width);
  const norms = 2 * 2 * width;
  const perceptron = hidden * width + hidden + (width * hidden + width);
  const output = VOCABULARY_SIZE * width + VOCABULARY_SIZE;
  return (VOCABULARY_SIZE + tokens) * width + blocks * (attention + norms + perceptron) + output;
}

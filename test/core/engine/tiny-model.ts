import type { ModelConfig } from '../../../src/core/config/run-schema.js';

/** A model in which no two sizes are alike, so that mixed up axes show. */
export const tinyModel: ModelConfig = {
  tokens: 10,
  embedding: 5,
  neurons: 3,
  heads: 2,
  blocks: 2,
  dropout: 0.1,
};

import { modelSchema } from '../src/core/config/run-schema.js';

/** The reference study's four parameter budgets, by their number there. */
export const BUDGETS = [
  { number: 1, name: '87k', embedding: 20, neurons: 10, heads: 5, blocks: 5 },
  { number: 2, name: '557k', embedding: 30, neurons: 50, heads: 5, blocks: 5 },
  { number: 3, name: '5.1M', embedding: 48, neurons: 170, heads: 6, blocks: 6 },
  { number: 4, name: '10.1M', embedding: 60, neurons: 220, heads: 6, blocks: 6 },
].map(({ number, name, ...shape }) => ({ number, name, model: modelSchema.parse(shape) }));

export type Budget = (typeof BUDGETS)[number];

export const BATCH_SIZE = 32;
export const SAMPLED_TEXTS = 64;

import { describe, expect, it } from 'vitest';
import {
  deviceMicroBatchSize,
  estimateTrainingMemory,
  requireMemory,
} from '../../../src/core/engine/memory.js';
import { microBatchSize } from '../../../src/core/engine/micro-batch.js';

const budgets = {
  '87k': { neurons: 10, heads: 5, blocks: 5, embedding: 20 },
  '557k': { neurons: 50, heads: 5, blocks: 5, embedding: 30 },
  '5.1M': { neurons: 170, heads: 6, blocks: 6, embedding: 48 },
  '10.1M': { neurons: 220, heads: 6, blocks: 6, embedding: 60 },
};
const modelOf = (budget: keyof typeof budgets): Parameters<typeof microBatchSize>[0] => ({
  tokens: 150,
  dropout: 0.1,
  ...budgets[budget],
});

describe('microBatchSize', () => {
  it.each([
    ['87k', 8],
    ['557k', 4],
    ['5.1M', 1],
    ['10.1M', 1],
  ] as const)('of %s is %i', (budget, expected) => {
    expect(microBatchSize(modelOf(budget), 32)).toBe(expected);
  });

  it('is no larger than the batch', () => {
    expect(microBatchSize(modelOf('87k'), 3)).toBe(3);
  });
});

describe('estimateTrainingMemory', () => {
  // Peak resident memory of a process that took three steps of 32 texts, evaluated 32 and sampled 64 texts.
  it.each([
    ['87k', 264],
    ['557k', 316],
    ['5.1M', 685],
    ['10.1M', 1016],
  ] as const)('of %s is within 30 %% of the measured %i MiB', (budget, measured) => {
    const estimate = estimateTrainingMemory(modelOf(budget), 32) / 2 ** 20;
    expect(estimate).toBeGreaterThan(0.7 * measured);
    expect(estimate).toBeLessThan(1.3 * measured);
  });
});

describe('what a further thread adds to the estimate', () => {
  it.each([
    ['87k', 155],
    ['5.1M', 608],
  ] as const)('of %s is within 30 %% of the measured %i MiB', (budget, measured) => {
    const model = modelOf(budget);
    const added = estimateTrainingMemory(model, 32, 2) - estimateTrainingMemory(model, 32, 1);
    expect(added / 2 ** 20).toBeGreaterThan(0.7 * measured);
    expect(added / 2 ** 20).toBeLessThan(1.3 * measured);
  });
});

describe('deviceMicroBatchSize', () => {
  it.each([
    ['87k', 32],
    ['10.1M', 4],
  ] as const)('of %s is %i', (budget, expected) => {
    expect(deviceMicroBatchSize(modelOf(budget), 32)).toBe(expected);
  });

  it('is no larger than the batch', () => {
    expect(deviceMicroBatchSize(modelOf('87k'), 3)).toBe(3);
  });
});

describe('requireMemory', () => {
  it('lets a run pass that fits', () => {
    requireMemory(2 ** 30, 2 ** 30);
  });

  it('refuses a run that cannot fit, with the numbers', () => {
    expect(() => {
      requireMemory(3.5 * 2 ** 30, 2 ** 31);
    }).toThrow(
      'training needs about 3.7 GB of memory, and this machine has 2.1 GB\n' +
        '    Train a smaller model, or shorter texts, or on a machine with more memory.',
    );
  });
});

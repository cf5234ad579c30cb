import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeSplit,
  epochBatches,
  selectBatch,
  sequentialBatches,
} from '../../../src/core/data/batches.js';
import { Generator } from '../../../src/core/random/generator.js';

const count = fc.integer({ min: 0, max: 200 });
const batchSize = fc.integer({ min: 1, max: 50 });

describe('encodeSplit and selectBatch', () => {
  it('select rows in the order that is asked for', () => {
    const split = encodeSplit(['a', 'b', 'c'], 2);
    expect(split).toMatchObject({ count: 3, length: 2 });
    expect([...selectBatch(split, Int32Array.of(2, 0, 2))]).toEqual([28, 3, 28, 1, 28, 3]);
  });
});

describe('epochBatches', () => {
  it('uses every index once', () => {
    fc.assert(
      fc.property(count, batchSize, fc.nat(), (texts, size, seed) => {
        const batches = epochBatches(texts, size, Generator.fromSeed(seed, 'order'));
        const indices = batches.flatMap((batch) => [...batch]).sort((a, b) => a - b);
        expect(indices).toEqual(Array.from({ length: texts }, (_, index) => index));
      }),
    );
  });

  it('fills every batch but the last', () => {
    fc.assert(
      fc.property(count, batchSize, (texts, size) => {
        const batches = epochBatches(texts, size, Generator.fromSeed(1, 'order'));
        expect(batches).toHaveLength(Math.ceil(texts / size));
        expect(batches.slice(0, -1).every((batch) => batch.length === size)).toBe(true);
      }),
    );
  });

  it('gives another order in the next epoch and the same one for the same seed', () => {
    const generator = Generator.fromSeed(1, 'order');
    const first = epochBatches(100, 100, generator);
    expect(epochBatches(100, 100, generator)).not.toEqual(first);
    expect(epochBatches(100, 100, Generator.fromSeed(1, 'order'))).toEqual(first);
  });
});

describe('sequentialBatches', () => {
  it('keeps the order', () => {
    expect(sequentialBatches(5, 2).map((batch) => [...batch])).toEqual([[0, 1], [2, 3], [4]]);
  });

  it('is empty without texts', () => {
    expect(sequentialBatches(0, 32)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { FIELDS } from '../../src/sweeps/definition/fields.js';
import { suggestKey } from '../../src/core/suggest-key.js';

describe('suggestKey', () => {
  it.each([
    ['train.learningrat', 'train.learningRate'],
    ['train.learning_rate', 'train.learningRate'],
    ['learningRate', 'train.learningRate'],
    ['dataset.limits', 'dataset.limit'],
    ['Seed', 'seed'],
  ])('takes %s for %s', (written, expected) => {
    expect(suggestKey(written, [...FIELDS.keys()])).toBe(expected);
  });

  it('does not guess from afar', () => {
    expect(suggestKey('colour', [...FIELDS.keys()])).toBeUndefined();
    expect(suggestKey('x', [])).toBeUndefined();
  });
});

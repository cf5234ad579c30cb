import { describe, expect, it } from 'vitest';
import { isLogSpaced } from '../../../src/analysis/statistics/log-spaced.js';

describe('isLogSpaced', () => {
  it.each([
    ['a geometric grid', [1e-4, 1e-3, 1e-2], true],
    ['a grid of 1 and 3', [3e-4, 1e-3, 1e-4, 3e-3], true],
    ['powers of two', [8, 16, 32, 64], true],
    ['an even grid', [0.1, 0.2, 0.3, 0.4, 0.5], false],
    ['a grid with 0', [0, 0.1, 1], false],
    ['two values', [1, 1000, 1000], false],
    ['a narrow range', [10, 12, 14.4], false],
  ])('knows the scale of %s', (_, values, isLog) => {
    expect(isLogSpaced(values)).toBe(isLog);
  });
});

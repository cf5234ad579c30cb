import { describe, expect, it } from 'vitest';
import {
  formatCorrelation,
  formatCount,
  formatNll,
  formatSeconds,
  formatTop1,
} from '../../../src/analysis/tables/format.js';

describe('formats of numbers', () => {
  it('counts have thousands separators', () => {
    expect([0, 111, 87_289, 10_122_749].map(formatCount)).toEqual([
      '0',
      '111',
      '87,289',
      '10,122,749',
    ]);
  });

  it('NLL has 2 decimals and top-1 has 4', () => {
    expect(formatNll(95.4801428537967)).toBe('95.48');
    expect(formatTop1(0.8094368420843708)).toBe('0.8094');
  });

  it.each([
    [-0.9982436024846838, '−0.998'],
    [-0.9999458728688806, '−0.9999'],
    [-0.99996, '−0.99996'],
    [0.99951, '0.9995'],
    [-1, '−1.000'],
    [0.5, '0.500'],
    [0, '0.000'],
  ])('a correlation of %f is shown as %s: one below 1 never as 1', (value, text) => {
    expect(formatCorrelation(value)).toBe(text);
  });

  it.each([
    [0.04, '0.0 s'],
    [9.94, '9.9 s'],
    [9.96, '10 s'],
    [59.6, '1 min 0 s'],
    [125, '2 min 5 s'],
    [3599.7, '1 h 0 min'],
    [7620, '2 h 7 min'],
  ])('%f seconds are shown as %s', (seconds, text) => {
    expect(formatSeconds(seconds)).toBe(text);
  });
});

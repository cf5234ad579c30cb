import { describe, expect, it } from 'vitest';
import {
  formatByUncertainty,
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

  // The examples of the rule in the Review of Particle Physics, section 5.3, and its bounds.
  it.each([
    [0.827, 0.119, '0.83'],
    [0.827, 0.367, '0.8'],
    [14.674, 0.964, '14.7'],
    [98.3163, 0.0354, '98.316'],
    [98.3163, 0.0355, '98.32'],
    [98.3163, 0.949, '98.3'],
    [98.3163, 12, '98'],
    [-0.5, 0.1, '−0.50'],
    [98.3163, 0, '98.3'],
  ])('%d with the standard error %d is %s', (value, uncertainty, text) => {
    expect(formatByUncertainty(value, uncertainty)).toBe(text);
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

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatBounds,
  formatByUncertainty,
  formatCorrelation,
  formatCount,
  formatInterval,
  formatNll,
  formatSeconds,
  formatSpread,
  formatTop1,
} from '../../../src/analysis/tables/format.js';

describe('formats of numbers', () => {
  it('counts have narrow spaces between thousands, which do not break', () => {
    expect([0, 111, 1_000, -123_456, 87_289, 10_122_749].map(formatCount)).toEqual([
      '0',
      '111',
      '1\u202f000',
      '−123\u202f456',
      '87\u202f289',
      '10\u202f122\u202f749',
    ]);
  });

  it('NLL has 2 decimals and top-1 has 4', () => {
    expect(formatNll(95.4801428537967)).toBe('95.48');
    expect(formatTop1(0.8094368420843708)).toBe('0.8094');
  });

  it.each([
    [0.827, 0.119, '0.83'],
    [0.827, 0.367, '0.83'],
    [14.674, 0.964, '14.67'],
    [98.3163, 0.0996, '98.32'],
    [98.3163, 0.996, '98.3'],
    [98.3163, 12, '98'],
    [98.3163, 350, '98'],
    [-0.5, 0.1, '−0.50'],
    [98.3163, 0, 'otherwise'],
    [98.3163, 1e-14, 'otherwise'],
    [98.3163, undefined, 'otherwise'],
    [98.3163, Number.NaN, 'otherwise'],
  ])('%d with the uncertainty %d is %s: two digits of it count', (value, uncertainty, text) => {
    expect(formatByUncertainty(value, uncertainty, () => 'otherwise')).toBe(text);
  });

  it('rounding never moves a value by more than a tenth of its uncertainty', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    const exponent = fc.double({ min: -5, max: 4, noNaN: true });
    fc.assert(
      fc.property(value, exponent, (x, e) => {
        const uncertainty = 10 ** e;
        const text = formatByUncertainty(x, uncertainty, String).replace('−', '-');
        expect(Math.abs(Number(text) - x)).toBeLessThanOrEqual(uncertainty / 10);
      }),
    );
  });

  it('a mean ends where its standard deviation ends', () => {
    expect(formatSpread(98.875, 1.0606601717798212, formatNll)).toBe('98.9 ± 1.1');
    expect(formatSpread(0.80612, 0.00234, formatTop1)).toBe('0.8061 ± 0.0023');
    expect(formatSpread(98.875, 0, formatNll)).toBe('98.88 ± 0.00');
    expect(formatSpread(98.875, null, formatNll)).toBe('98.88');
  });

  it('an interval is written as far as its width says', () => {
    expect(formatBounds({ low: -0.4812, high: 1.1234 }, formatNll)).toBe('−0.48 to 1.12');
    expect(formatBounds({ low: -120.3, high: 80.4 }, formatNll)).toBe('−120 to 80');
    expect(formatBounds({ low: 1.5, high: 1.5 }, formatNll)).toBe('1.50 to 1.50');
    expect(formatInterval({ low: -0.99981, high: -0.98317 })).toBe('−0.9998 to −0.9832');
    expect(formatInterval({ low: -0.2, high: 0.9996 })).toBe('−0.20 to 0.9996');
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
    [-0.99824, 0.0083, '−0.9982'],
    [0.5, 0.93, '0.50'],
    [-0.9996, 0.4, '−0.9996'],
  ])('a correlation of %f in an interval of ±%f is shown as %s', (value, uncertainty, text) => {
    expect(formatCorrelation(value, uncertainty)).toBe(text);
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

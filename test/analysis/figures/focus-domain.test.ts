import { describe, expect, it } from 'vitest';
import { focusDomain, fullDomain } from '../../../src/analysis/figures/focus-domain.js';

describe('focusDomain', () => {
  it('covers every value with some free space', () => {
    expect(focusDomain([[1, 2], [3]])).toEqual({ low: 0.9, high: 3.1, isClipped: false });
  });

  it('leaves out the first fifth of the epochs when it stretches the axis more than threefold', () => {
    const domain = focusDomain([[300, 250, 110, 105, 102, 101, 100, 100, 100, 100]]);
    expect(domain).toEqual({ low: 99.5, high: 110.5, isClipped: true });
  });

  it('shows every epoch of a run of fewer than ten', () => {
    expect(focusDomain([[300, 100, 99, 98, 97, 96, 95, 94, 93]])?.isClipped).toBe(false);
  });

  it('keeps the best value on the axis, however early it was', () => {
    const plateau = Array<number>(8).fill(168);
    expect(focusDomain([[300, 163, ...plateau, 167]], [163])).toEqual({
      low: 162.75,
      high: 168.25,
      isClipped: true,
    });
  });

  it('keeps a run that ended badly on the axis', () => {
    const domain = focusDomain([
      [100, 95, 92, 91, 90],
      [260, 168, 168, 168, 168],
    ]);
    expect(domain?.low).toBeLessThan(90);
    expect(domain?.high).toBeGreaterThan(168);
  });

  it('has room around a single value and is null without one', () => {
    expect(focusDomain([[100]])).toEqual({ low: 90, high: 110, isClipped: false });
    expect(focusDomain([[0, 0]])).toEqual({ low: -1, high: 1, isClipped: false });
    expect(focusDomain([[]])).toBeNull();
    expect(fullDomain([])).toBeNull();
  });
});

import { expect } from 'vitest';

interface Tolerance {
  /** @default 1e-4 */
  readonly relative?: number;
  /** For values near zero. @default 1e-5 */
  readonly absolute?: number;
}

/** Fails with the worst element when two vectors differ by more than rounding. */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { relative = 1e-4, absolute = 1e-5 }: Tolerance = {},
): void {
  expect(actual.length).toBe(expected.length);
  let worst = { index: -1, excess: 0, actual: 0, expected: 0 };
  for (let index = 0; index < expected.length; index++) {
    const [a, e] = [actual[index]!, expected[index]!];
    const excess = Math.abs(a - e) / (absolute + relative * Math.abs(e));
    // A NaN is never close, and compares false with everything.
    if (!(excess <= worst.excess)) worst = { index, excess, actual: a, expected: e };
  }
  expect(worst.excess, `worst element ${JSON.stringify(worst)}`).toBeLessThanOrEqual(1);
}

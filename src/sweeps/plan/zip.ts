import type { Axis, Override } from '../definition/definition.js';

/**
 * The first values of all fields together, then the second ones, and so on, lazily. Without fields there is one
 * combination: the empty one.
 *
 * @param axes all of the same length
 * @example a: [1, 2], b: [10, 20] gives a=1 b=10, a=2 b=20
 */
export function* expandZip(axes: readonly Axis[]): Generator<Map<string, Override>> {
  const length = axes[0]?.values.length ?? 1;
  for (let index = 0; index < length; index++) {
    const chosen = new Map<string, Override>();
    for (const { key, values } of axes) {
      const value = values[index];
      if (value !== undefined) chosen.set(key, value);
    }
    yield chosen;
  }
}

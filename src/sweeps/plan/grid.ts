import type { Axis, Override } from '../definition/definition.js';

/**
 * Every combination of the values of some fields, lazily; the last field changes fastest. Without fields there is one
 * combination: the empty one.
 *
 * @example a: [1, 2], b: [10, 20] gives a=1 b=10, a=1 b=20, a=2 b=10, a=2 b=20
 */
export function* expandGrid(axes: readonly Axis[]): Generator<Map<string, Override>> {
  if (axes.some(({ values }) => values.length === 0)) return;
  const indices = axes.map(() => 0);
  for (;;) {
    yield combination(axes, indices);
    if (!advance(axes, indices)) return;
  }
}

function combination(axes: readonly Axis[], indices: readonly number[]): Map<string, Override> {
  const chosen = new Map<string, Override>();
  axes.forEach(({ key, values }, axis) => {
    const value = values[indices[axis] ?? 0];
    if (value !== undefined) chosen.set(key, value);
  });
  return chosen;
}

/** Counts on like an odometer; false after the last combination. */
function advance(axes: readonly Axis[], indices: number[]): boolean {
  for (let axis = axes.length - 1; axis >= 0; axis--) {
    const next = (indices[axis] ?? 0) + 1;
    const isWithin = next < (axes[axis]?.values.length ?? 0);
    indices[axis] = isWithin ? next : 0;
    if (isWithin) return true;
  }
  return false;
}

import type { Tensor } from './graph.js';

/** Number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** The shape of an element-wise operation on two shapes (NumPy's rule); undefined when they do not fit. */
export function broadcastShapes(
  left: readonly number[],
  right: readonly number[],
): readonly number[] | undefined {
  const rank = Math.max(left.length, right.length);
  const result: number[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const a = left[axis - rank + left.length] ?? 1;
    const b = right[axis - rank + right.length] ?? 1;
    if (a !== b && a !== 1 && b !== 1) return undefined;
    result.push(a === 1 ? b : a);
  }
  return result;
}

export function sameShape(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((length, axis) => length === right[axis]);
}

/** A mistake in building a graph, which names the operator and the shapes. */
export function shapeError(operator: string, rule: string, tensors: readonly Tensor[]): Error {
  const shapes = tensors.map(({ shape }) => `[${shape.join(', ')}]`).join(' and ');
  return new Error(`${operator}: ${rule} (got ${shapes})`);
}

import type { Graph, Tensor } from '../graph.js';
import { broadcastShapes, sameShape, shapeError, sizeOf } from '../shape.js';

/** The same elements in another shape. */
export function reshape(graph: Graph, input: Tensor, shape: readonly number[]): Tensor {
  if (sameShape(input.shape, shape)) return input;
  if (sizeOf(input.shape) !== sizeOf(shape))
    throw shapeError('Reshape', 'sizes must be equal', [input, { ...input, shape }]);
  return graph.node('Reshape', [input, graph.integers(shape)], { type: input.type, shape });
}

/** Axis `k` of the result is axis `order[k]` of the input. */
export function transpose(graph: Graph, input: Tensor, order: readonly number[]): Tensor {
  const isPermutation =
    order.length === input.shape.length && input.shape.every((_, axis) => order.includes(axis));
  if (!isPermutation)
    throw shapeError('Transpose', `[${order.join(', ')}] must order all axes`, [input]);
  const shape = order.map((axis) => input.shape[axis]!);
  const attributes = { perm: { integers: order } };
  return graph.node('Transpose', [input], { type: input.type, shape }, { attributes });
}

/** Tensors one after the other along an axis. */
export function concatenate(graph: Graph, inputs: readonly Tensor[], axis: number): Tensor {
  const [first] = inputs;
  const fits = inputs.every(
    ({ shape, type }) =>
      type === first!.type && sameShape(shape.with(axis, 0), first!.shape.with(axis, 0)),
  );
  if (first === undefined || !fits)
    throw shapeError('Concat', `all axes but ${axis} must be equal`, inputs);
  if (inputs.length === 1) return first;
  if (inputs.length > graph.largestGroup) {
    const groups = inGroups(inputs, graph.largestGroup);
    return concatenate(
      graph,
      groups.map((group) => concatenate(graph, group, axis)),
      axis,
    );
  }
  const lengths = inputs.map(({ shape }) => shape[axis]!);
  const length = lengths.includes(-1) ? -1 : lengths.reduce((sum, each) => sum + each);
  const output = { type: first.type, shape: first.shape.with(axis, length) };
  return graph.node('Concat', inputs, output, { attributes: { axis: { integer: axis } } });
}

/** The parts of a tensor along an axis, of the given lengths. */
export function split(
  graph: Graph,
  input: Tensor,
  axis: number,
  lengths: readonly number[],
): readonly Tensor[] {
  if (lengths.reduce((sum, length) => sum + length, 0) !== input.shape[axis])
    throw shapeError('Split', `[${lengths.join(', ')}] must add up to axis ${axis}`, [input]);
  if (lengths.length > graph.largestGroup) {
    const groups = inGroups(lengths, graph.largestGroup);
    const sums = groups.map((group) => group.reduce((sum, length) => sum + length, 0));
    const parts = split(graph, input, axis, sums);
    return parts.flatMap((part, index) => split(graph, part, axis, groups[index]!));
  }
  if (lengths.length === 1) return [input];
  const outputs = lengths.map((length) => ({
    type: input.type,
    shape: input.shape.with(axis, length),
  }));
  const attributes = { axis: { integer: axis } };
  return graph.nodes('Split', [input, graph.integers(lengths)], outputs, { attributes });
}

/** The two parts of an axis whose lengths are known only when the graph runs: an int64 tensor [2]. */
export function splitInTwo(
  graph: Graph,
  input: Tensor,
  axis: number,
  lengths: Tensor,
): readonly [Tensor, Tensor] {
  if (lengths.type !== 'int64' || !sameShape(lengths.shape, [2]))
    throw shapeError('Split', 'two lengths must be given', [input, lengths]);
  const output = { type: input.type, shape: input.shape.with(axis, -1) };
  const attributes = { axis: { integer: axis } };
  const [first, second] = graph.nodes('Split', [input, lengths], [output, output], { attributes });
  return [first!, second!];
}

/** The elements `start` to `end - 1` of an axis. */
export function slice(
  graph: Graph,
  input: Tensor,
  axis: number,
  [start, end]: readonly [number, number],
): Tensor {
  const length = input.shape[axis] ?? 0;
  if (!(start >= 0 && start < end && end <= length))
    throw shapeError('Slice', `${start} … ${end} must lie on axis ${axis}`, [input]);
  if (start === 0 && end === length) return input;
  const bounds = [graph.integers([start]), graph.integers([end]), graph.integers([axis])];
  const shape = input.shape.with(axis, end - start);
  return graph.node('Slice', [input, ...bounds], { type: input.type, shape });
}

/** Element `index` (a scalar tensor) of an axis; the axis is gone in the result. */
export function elementAt(graph: Graph, input: Tensor, axis: number, index: Tensor): Tensor {
  if (index.shape.length !== 0 || axis >= input.shape.length)
    throw shapeError('Gather', `the index must be a scalar, of axis ${axis}`, [input, index]);
  const output = { type: input.type, shape: input.shape.toSpliced(axis, 1) };
  return graph.node('Gather', [input, index], output, { attributes: { axis: { integer: axis } } });
}

/** Stretch axes of length 1 to a shape. */
export function expand(graph: Graph, input: Tensor, shape: readonly number[]): Tensor {
  if (sameShape(input.shape, shape)) return input;
  const fits = broadcastShapes(input.shape, shape);
  if (fits === undefined || !sameShape(fits, shape))
    throw shapeError('Expand', 'only axes of length 1 are stretched', [input, { ...input, shape }]);
  return graph.node('Expand', [input, graph.integers(shape)], { type: input.type, shape });
}

/** Real zeros, made when the graph runs. */
export function zeros(graph: Graph, shape: readonly number[]): Tensor {
  return expand(graph, graph.constant(0), shape);
}

function inGroups<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, group) =>
    items.slice(group * size, (group + 1) * size),
  );
}

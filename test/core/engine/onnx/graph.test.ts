import { describe, expect, it } from 'vitest';
import { Graph } from '../../../../src/core/engine/onnx/graph.js';
import { loop } from '../../../../src/core/engine/onnx/loop.js';
import * as arrange from '../../../../src/core/engine/onnx/primitives/arrange.js';
import * as elementwise from '../../../../src/core/engine/onnx/primitives/elementwise.js';
import { batchedProduct, gemm } from '../../../../src/core/engine/onnx/primitives/matrix.js';
import { mean } from '../../../../src/core/engine/onnx/primitives/reduce.js';
import { compile } from './run-graph.js';

describe('Graph', () => {
  it('stores equal constants once, also those of a child', () => {
    const graph = new Graph();
    const tensors = [graph, graph.child()].map((scope) => scope.constant([1, 2], [2]));
    expect(tensors[0]).toBe(tensors[1]);
    expect(graph.constant([1, 2], [1, 2])).not.toBe(tensors[0]);
    expect(graph.describe().constants).toHaveLength(2);
  });

  it('makes one node of equal operations, also across scopes', () => {
    const graph = new Graph();
    const x = graph.input([2]);
    const square = elementwise.multiply(graph, x, x);
    expect(elementwise.multiply(graph, x, x)).toBe(square);
    expect(elementwise.multiply(graph.child(), x, x)).toBe(square);
    expect(graph.describe().nodes).toHaveLength(1);
  });

  it('refuses tensors of another graph', () => {
    const foreign = new Graph().child().input([2], 'float32', 'elsewhere');
    expect(() => elementwise.negate(new Graph(), foreign)).toThrow(
      'Neg: elsewhere belongs to another graph',
    );
  });

  it('runs a loop that carries a state, collects each turn and reads from outside', async () => {
    const graph = new Graph({ real: 'float64' });
    const factor = graph.input([], 'float64', 'factor');
    const { state, collected } = loop(graph, {
      turns: graph.integers([3], []),
      state: [graph.constant(1)],
      body: (body, _, [value]) => {
        const next = elementwise.multiply(body, value!, factor);
        return { state: [next], collected: [next] };
      },
    });
    graph.output(state[0]!, 'last');
    graph.output(collected[0]!, 'all');
    const run = await compile(graph);
    expect(await run({ factor: [3] })).toEqual({ last: [27], all: [3, 9, 27] });
  });

  it('refuses a loop whose state changes its shape', () => {
    const graph = new Graph();
    const build = (): unknown =>
      loop(graph, {
        turns: graph.integers([3], []),
        state: [graph.constant([1, 2], [2])],
        body: (body, _, [value]) => ({
          state: [arrange.concatenate(body, [value!, value!], 0)],
          collected: [],
        }),
      });
    expect(build).toThrow('Loop: state 0 changes from [2] to [4]');
  });
});

describe('shape errors name the operator and the shapes', () => {
  const graph = new Graph();
  const [a, b, c] = [graph.input([2, 3]), graph.input([4, 3]), graph.input([5, 2, 3])];
  it.each([
    [
      () => elementwise.add(graph, a, b),
      'Add: float32 and float32 must be one type, of shapes that fit (got [2, 3] and [4, 3])',
    ],
    [() => gemm(graph, a, b), 'Gemm: left and right must fit (got [2, 3] and [4, 3])'],
    [() => gemm(graph, a, c), 'Gemm: both factors must be matrices (got [2, 3] and [5, 2, 3])'],
    [
      () => batchedProduct(graph, c, c, { transposeLeft: true, transposeRight: true }),
      'MatMul: transposed left and transposed right must fit (got [5, 2, 3] and [5, 2, 3])',
    ],
    [() => arrange.reshape(graph, a, [5]), 'Reshape: sizes must be equal (got [2, 3] and [5])'],
    [
      () => arrange.transpose(graph, a, [0, 2]),
      'Transpose: [0, 2] must order all axes (got [2, 3])',
    ],
    [
      () => arrange.concatenate(graph, [a, c], 0),
      'Concat: all axes but 0 must be equal (got [2, 3] and [5, 2, 3])',
    ],
    [() => arrange.split(graph, a, 1, [1, 1]), 'Split: [1, 1] must add up to axis 1 (got [2, 3])'],
    [() => arrange.slice(graph, a, 1, [1, 4]), 'Slice: 1 … 4 must lie on axis 1 (got [2, 3])'],
    [
      () => arrange.elementAt(graph, a, 0, b),
      'Gather: the index must be a scalar, of axis 0 (got [2, 3] and [4, 3])',
    ],
    [
      () => arrange.expand(graph, a, [2, 6]),
      'Expand: only axes of length 1 are stretched (got [2, 3] and [2, 6])',
    ],
    [() => mean(graph, a, [2]), 'ReduceMean: [2] must be axes (got [2, 3])'],
  ])('%#: %s', (build, message) => {
    expect(build).toThrow(message);
  });
});

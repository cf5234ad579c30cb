import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gradients } from '../../../../src/core/engine/onnx/differentiate.js';
import { Graph, type Tensor } from '../../../../src/core/engine/onnx/graph.js';
import { after, noRows } from '../../../../src/core/engine/onnx/operations/after.js';
import * as arithmetic from '../../../../src/core/engine/onnx/operations/arithmetic.js';
import * as arrange from '../../../../src/core/engine/onnx/operations/arrange.js';
import { attention } from '../../../../src/core/engine/onnx/operations/attention.js';
import { curvedGelu } from '../../../../src/core/engine/onnx/operations/gelu.js';
import { layerNorm } from '../../../../src/core/engine/onnx/operations/layer-norm.js';
import {
  addLinear,
  affine,
  embed,
  linear,
} from '../../../../src/core/engine/onnx/operations/linear.js';
import { logSoftmax } from '../../../../src/core/engine/onnx/operations/log-softmax.js';
import { sum } from '../../../../src/core/engine/onnx/operations/reduce.js';
import { transposedProduct } from '../../../../src/core/engine/onnx/operations/transposed-product.js';
import { slice } from '../../../../src/core/engine/onnx/primitives/arrange.js';
import { sizeOf } from '../../../../src/core/engine/onnx/shape.js';
import { Generator } from '../../../../src/core/random/generator.js';
import { expectClose } from '../closeness.js';
import { compile } from './run-graph.js';

type Shape = readonly number[];

/** An operation under test: shapes of its inputs for some lengths, and how it is applied. */
interface Operation {
  readonly shapes: (a: number, b: number, c: number) => readonly Shape[];
  readonly apply: (graph: Graph, inputs: readonly Tensor[]) => Tensor;
}

const operations: Readonly<Record<string, Operation>> = {
  add: {
    shapes: (a, b) => [
      [a, b],
      [a, b],
    ],
    apply: (graph, [x, y]) => arithmetic.add(graph, x!, y!),
  },
  'add, broadcast over a first axis': {
    shapes: (a, b, c) => [
      [a, b, c],
      [b, c],
    ],
    apply: (graph, [x, y]) => arithmetic.add(graph, x!, y!),
  },
  'multiply, both broadcast': {
    shapes: (a, b, c) => [
      [a, 1, c],
      [b, 1],
    ],
    apply: (graph, [x, y]) => arithmetic.multiply(graph, x!, y!),
  },
  'multiply by itself': {
    shapes: (a, b) => [[a, b]],
    apply: (graph, [x]) => arithmetic.multiply(graph, x!, x!),
  },
  scale: {
    shapes: (a, b) => [[a, b]],
    apply: (graph, [x]) => arithmetic.scale(graph, x!, -1.7),
  },
  linear: {
    shapes: (a, b, c) => [[a, b], [c, b], [c]],
    apply: (graph, [x, weight, bias]) => linear(graph, x!, weight!, bias),
  },
  'linear without bias': {
    shapes: (a, b, c) => [
      [a, b],
      [c, b],
    ],
    apply: (graph, [x, weight]) => linear(graph, x!, weight!),
  },
  embed: {
    shapes: (a, b) => [[a, b]],
    apply: (graph, [table]) => {
      const rows = table!.shape[0]!;
      // Row k of the output is row 2k (modulo the rows) of the table, so that some rows are used twice or never.
      const oneHot = Array.from({ length: 4 * rows }, (_, index) =>
        Number(index % rows === (2 * Math.floor(index / rows)) % rows),
      );
      return embed(graph, graph.constant(oneHot, [4, rows]), table!);
    },
  },
  'affine, with the bias as the last row of the weight': {
    shapes: (a, b, c) => [
      [a, b],
      [b + 1, c],
    ],
    apply: (graph, [input, weight]) => {
      const rows = slice(graph, weight!, 0, [0, weight!.shape[0]! - 1]);
      return affine(graph, input!, { weight: weight!, rows });
    },
  },
  addLinear: {
    shapes: (a, b, c) => [
      [a, c],
      [a, b],
      [c, b],
    ],
    apply: (graph, [before, input, weight]) => addLinear(graph, before!, input!, weight!),
  },
  attention: {
    shapes: (a, b, c) => [
      [a, 2 * b, c],
      [a, b, c],
    ],
    apply: (graph, [query, memory]) => {
      const rows = query!.shape[1]!;
      const length = memory!.shape[1]!;
      const mask = Array.from({ length: rows * length }, (_, index) =>
        index % length > Math.floor(index / length / 2) ? -1e9 : 0,
      );
      return attention(graph, {
        query: query!,
        memory: memory!,
        mask: graph.constant(mask, [1, rows, length]),
      });
    },
  },
  'transposed product': {
    shapes: (a, b, c) => [
      [2, a, b],
      [2, a, c],
    ],
    apply: (graph, [left, right]) => transposedProduct(graph, left!, right!),
  },
  'a matrix that waits for another': {
    shapes: (a, b, c) => [
      [a, b],
      [c, b],
    ],
    apply: (graph, [x, other]) => after(graph, x!, noRows(graph, other!, x!.shape[1]!)),
  },
  'start of an axis': {
    shapes: (a, b, c) => [[a, b + 1, c]],
    apply: (graph, [x]) => arrange.start(graph, x!, 1, x!.shape[1]! - 1),
  },
  'log-softmax': {
    shapes: (a, b, c) => [[a, b, c]],
    apply: (graph, [x]) => logSoftmax(graph, x!),
  },
  reshape: {
    shapes: (a, b, c) => [[a, b, c]],
    apply: (graph, [x]) => arrange.reshape(graph, x!, [sizeOf(x!.shape)]),
  },
  transpose: {
    shapes: (a, b, c) => [[a, b, c]],
    apply: (graph, [x]) => arrange.transpose(graph, x!, [2, 0, 1]),
  },
  concatenate: {
    shapes: (a, b, c) => [
      [a, b, c],
      [a, c, c],
      [a, 1, c],
    ],
    apply: (graph, inputs) => arrange.concatenate(graph, inputs, 1),
  },
  'split, with a part that is not used': {
    shapes: (a, b) => [[a + b + 1, 2]],
    apply: (graph, [x]) => {
      const [first, , last] = arrange.split(graph, x!, 0, [1, x!.shape[0]! - 2, 1]);
      return arithmetic.multiply(graph, first!, last!);
    },
  },
  sum: {
    shapes: (a, b, c) => [[a, b, c]],
    apply: (graph, [x]) => sum(graph, x!, [0, 2]),
  },
};
// In double precision ONNX Runtime has no error function, no FusedMatMul, and layer norms with 32-bit statistics.
const singlePrecision: Readonly<Record<string, Operation>> = {
  'GELU without its linear term': {
    shapes: (a, b) => [[a, b]],
    apply: (graph, [x]) => curvedGelu(graph, x!).output,
  },
  'layer norm': {
    shapes: (a, b) => [[a, b + 6], [b + 6], [b + 6]],
    apply: (graph, [x, gain, bias]) => layerNorm(graph, x!, gain!, bias!),
  },
  'attention with FusedMatMul': operations['attention']!,
};

const length = fc.integer({ min: 1, max: 4 });
const seed = fc.integer({ min: 0, max: 1e6 });

describe('gradients agree with central differences', () => {
  it.each(Object.entries(operations))('%s', async (_, operation) => {
    await fc.assert(
      fc.asyncProperty(length, length, length, seed, (a, b, c, from) =>
        checkGradients(operation, operation.shapes(a, b, c), from, 'float64'),
      ),
      { numRuns: 12 },
    );
  });

  it.each(Object.entries(singlePrecision))('%s, in single precision', async (_, operation) => {
    await fc.assert(
      fc.asyncProperty(length, length, length, seed, (a, b, c, from) =>
        checkGradients(operation, operation.shapes(a, b, c), from, 'float32'),
      ),
      { numRuns: 12 },
    );
  });
});

describe('gradients', () => {
  it('adds up what comes from several uses, and is zero for what is not used', async () => {
    const graph = new Graph({ real: 'float64' });
    const [x, y, unused] = ['x', 'y', 'unused'].map((name) => graph.input([2], 'float64', name));
    const product = arithmetic.multiply(graph, x!, y!);
    const loss = sum(graph, arithmetic.add(graph, product, x!), [0]); // Σ x·y + x
    const [byX, byUnused] = gradients(graph, loss, [x!, unused!]);
    graph.output(byX!, 'byX');
    graph.output(byUnused!, 'byUnused');
    const run = await compile(graph);
    expect(await run({ x: [1, 2], y: [3, 5], unused: [7, 8] })).toEqual({
      byX: [4, 6],
      byUnused: [0, 0],
    });
  });

  it('counts an operation that was asked for twice as two uses of one tensor', async () => {
    const graph = new Graph({ real: 'float64' });
    const x = graph.input([1], 'float64', 'x');
    const squares = [0, 1].map(() => arithmetic.multiply(graph, x, x));
    const loss = sum(graph, arithmetic.add(graph, squares[0]!, squares[1]!), [0]); // 2x²
    graph.output(gradients(graph, loss, [x])[0]!, 'byX');
    expect(await (await compile(graph))({ x: [3] })).toEqual({ byX: [12] });
  });

  it('builds nothing for branches that lead to no wanted tensor', () => {
    const operators = (wanted: number): readonly string[] => {
      const graph = new Graph({ real: 'float64' });
      const inputs = [graph.input([2, 3]), graph.input([4, 3])];
      const output = linear(graph, inputs[0]!, inputs[1]!);
      gradients(graph, sum(graph, output, [0, 1]), [inputs[wanted]!]);
      return graph.describe().nodes.map(({ operator }) => operator);
    };
    expect(operators(0).filter((operator) => operator === 'Gemm')).toHaveLength(2);
    expect(operators(1).filter((operator) => operator === 'Gemm')).toHaveLength(2);
  });

  it('rejects a loss that is not a scalar', () => {
    const graph = new Graph();
    const x = graph.input([2]);
    expect(() => gradients(graph, x, [x])).toThrow(
      'gradients: the loss must be a scalar (got [2])',
    );
  });
});

async function checkGradients(
  { apply }: Operation,
  shapes: readonly Shape[],
  from: number,
  real: 'float32' | 'float64',
): Promise<void> {
  const generator = Generator.fromSeed(from, 'central differences');
  const draw = (shape: Shape): number[] =>
    Array.from({ length: sizeOf(shape) }, () => generator.normal());
  const graph = new Graph({ real });
  const inputs = shapes.map((shape, index) => graph.input(shape, real, `x${index}`));
  const output = apply(graph, inputs);
  // A random projection, so that every element of the output counts differently.
  const weights = graph.constant(draw(output.shape), output.shape);
  const axes = output.shape.map((_, axis) => axis);
  const loss = sum(graph, arithmetic.multiply(graph, output, weights), axes);
  graph.output(loss, 'loss');
  gradients(graph, loss, inputs).forEach((gradient, index) => {
    expect(gradient.shape).toEqual(shapes[index]);
    graph.output(gradient, `d${index}`);
  });
  const run = await compile(graph);
  const point = Object.fromEntries(shapes.map((shape, index) => [`x${index}`, draw(shape)]));
  const analytic = await run(point);

  const step = real === 'float64' ? 1e-5 : 1e-2;
  for (const [index] of shapes.entries()) {
    const values = point[`x${index}`]!;
    const numeric: number[] = [];
    for (const [element, value] of values.entries()) {
      const at = async (moved: number): Promise<number> =>
        (await run({ ...point, [`x${index}`]: values.with(element, moved) }))['loss']![0]!;
      numeric.push(((await at(value + step)) - (await at(value - step))) / (2 * step));
    }
    const tolerance = real === 'float64' ? 1e-6 : 3e-3;
    expectClose(analytic[`d${index}`]!, numeric, { relative: tolerance, absolute: tolerance });
  }
}

import { describe, expect, it } from 'vitest';
import { gradients } from '../../../../src/core/engine/onnx/differentiate.js';
import { Graph, type Tensor } from '../../../../src/core/engine/onnx/graph.js';
import { multiply } from '../../../../src/core/engine/onnx/operations/arithmetic.js';
import { attention } from '../../../../src/core/engine/onnx/operations/attention.js';
import {
  causalAttention,
  MASKED,
} from '../../../../src/core/engine/onnx/operations/causal-attention.js';
import { sum } from '../../../../src/core/engine/onnx/operations/reduce.js';
import { sizeOf } from '../../../../src/core/engine/onnx/shape.js';
import { Generator } from '../../../../src/core/random/generator.js';
import { expectClose } from '../closeness.js';
import { compile } from './run-graph.js';

type Apply = (graph: Graph, queries: Tensor, memory: Tensor) => Tensor;

const LENGTH = 145; // three bands of unequal lengths
const HEADS = 2;
const WIDTH = 3;
const SHAPES = {
  queries: [2, LENGTH * HEADS, WIDTH],
  memory: [2, LENGTH, WIDTH],
};

describe('causalAttention', () => {
  it('equals attention with a whole mask, and so do its gradients', async () => {
    const actual = await outputsOf((graph, queries, memory) =>
      causalAttention(graph, { queries, memory }),
    );
    const expected = await outputsOf(maskedAttention);
    expect(Object.keys(actual)).toEqual(['output', 'dQueries', 'dMemory']);
    for (const [name, values] of Object.entries(expected))
      expectClose(actual[name]!, values, { relative: 1e-10, absolute: 1e-10 });
  });
});

const maskedAttention: Apply = (graph, query, memory) => {
  const rows = LENGTH * HEADS;
  const mask = Array.from({ length: rows * LENGTH }, (_, index) =>
    index % LENGTH > Math.floor(index / LENGTH / HEADS) ? MASKED : 0,
  );
  return attention(graph, { query, memory, mask: graph.constant(mask, [1, rows, LENGTH]) });
};

async function outputsOf(apply: Apply): Promise<Record<string, number[]>> {
  const generator = Generator.fromSeed(1, 'attention');
  const draw = (shape: readonly number[]): number[] =>
    Array.from({ length: sizeOf(shape) }, () => generator.normal());
  const graph = new Graph({ real: 'float64' });
  const queries = graph.input(SHAPES.queries, 'float64', 'queries');
  const memory = graph.input(SHAPES.memory, 'float64', 'memory');
  const output = apply(graph, queries, memory);
  graph.output(output, 'output');
  const weights = graph.constant(draw(SHAPES.queries), SHAPES.queries);
  const loss = sum(graph, multiply(graph, output, weights), [0, 1, 2]);
  const [byQueries, byMemory] = gradients(graph, loss, [queries, memory]);
  graph.output(byQueries!, 'dQueries');
  graph.output(byMemory!, 'dMemory');
  const run = await compile(graph);
  return run({ queries: draw(SHAPES.queries), memory: draw(SHAPES.memory) });
}

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
import { Generator } from '../../../../src/core/random/generator.js';
import { expectClose } from '../closeness.js';
import { compile } from './run-graph.js';

type Apply = (graph: Graph, query: Tensor, key: Tensor, value: Tensor) => Tensor;

const LENGTH = 101; // long enough for halves, and odd
const SHAPE = [2, LENGTH, 3];

describe('causalAttention', () => {
  it('equals attention with a whole mask, and so do its gradients', async () => {
    const actual = await outputsOf(causalAttention);
    const expected = await outputsOf(maskedAttention);
    expect(Object.keys(actual)).toEqual(['output', 'd0', 'd1', 'd2']);
    for (const [name, values] of Object.entries(expected))
      expectClose(actual[name]!, values, { relative: 1e-10, absolute: 1e-10 });
  });
});

const maskedAttention: Apply = (graph, query, key, value) => {
  const mask = Array.from({ length: LENGTH ** 2 }, (_, index) =>
    index % LENGTH > Math.floor(index / LENGTH) ? MASKED : 0,
  );
  const factor = 1 / Math.sqrt(SHAPE[2]!);
  const whole = graph.constant(mask, [1, LENGTH, LENGTH]);
  return attention(graph, { query, key, value, mask: whole, factor });
};

async function outputsOf(apply: Apply): Promise<Record<string, number[]>> {
  const generator = Generator.fromSeed(1, 'attention');
  const draw = (): number[] => Array.from({ length: 2 * LENGTH * 3 }, () => generator.normal());
  const graph = new Graph({ real: 'float64' });
  const inputs = [0, 1, 2].map((index) => graph.input(SHAPE, 'float64', `x${index}`));
  const output = apply(graph, inputs[0]!, inputs[1]!, inputs[2]!);
  graph.output(output, 'output');
  const loss = sum(graph, multiply(graph, output, graph.constant(draw(), SHAPE)), [0, 1, 2]);
  gradients(graph, loss, inputs).forEach((gradient, index) => {
    graph.output(gradient, `d${index}`);
  });
  const run = await compile(graph);
  return run({ x0: draw(), x1: draw(), x2: draw() });
}

import { describe, expect, it } from 'vitest';
import { Graph } from '../../../../src/core/engine/onnx/graph.js';
import { concatenate, split } from '../../../../src/core/engine/onnx/primitives/arrange.js';
import { logSoftmax } from '../../../../src/core/engine/onnx/primitives/normalise.js';
import { largestIndex } from '../../../../src/core/engine/onnx/primitives/reduce.js';
import { WEBGPU_DIALECT } from '../../../../src/core/engine/onnx/providers/webgpu.js';
import { expectClose } from '../closeness.js';
import { compile } from './run-graph.js';

describe('a graph in the dialect of WebGPU', () => {
  const rows = [3, -1, 2, 2, 7, 7, -90, 0.5, 80, -80, 0, 1];

  it('has the same log-softmax, without the operator', async () => {
    const outputs = await Promise.all(
      [{}, WEBGPU_DIALECT].map(async (dialect) => {
        const graph = new Graph(dialect);
        graph.output(logSoftmax(graph, graph.input([3, 4], 'float32', 'x')), 'y');
        const { y } = await (await compile(graph))({ x: rows });
        return { operators: operatorsOf(graph), y: y! };
      }),
    );
    const [plain, other] = outputs;
    expectClose(other!.y, plain!.y);
    expect(plain!.operators).toContain('LogSoftmax');
    expect(other!.operators).not.toContain('LogSoftmax');
  });

  it.each([{}, WEBGPU_DIALECT])('finds the first of the largest elements', async (dialect) => {
    const graph = new Graph(dialect);
    graph.output(largestIndex(graph, graph.input([3, 4], 'float32', 'x')), 'y');
    expect((await (await compile(graph))({ x: rows }))['y']).toEqual([0, 0, 0]);
    const other = [...rows.slice(2), 99, 99];
    expect((await (await compile(graph))({ x: other }))['y']).toEqual([2, 2, 2]);
  });

  it('splits and joins many parts in groups', async () => {
    const values = Array.from({ length: 70 }, (_, index) => index);
    const graph = new Graph(WEBGPU_DIALECT);
    const lengths = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? 3 : 4));
    const parts = split(graph, graph.input([70], 'float32', 'x'), 0, lengths);
    graph.output(concatenate(graph, parts.toReversed(), 0), 'y');
    const { y } = await (await compile(graph))({ x: values });
    expect(y!.slice(0, 7)).toEqual([66, 67, 68, 69, 63, 64, 65]);
    expect(y!.toSorted((a, b) => a - b)).toEqual(values);
    for (const { inputs, outputs } of graph.describe().nodes)
      expect(Math.max(inputs.length, outputs.length)).toBeLessThanOrEqual(8);
  });
});

function operatorsOf(graph: Graph): readonly string[] {
  return graph.describe().nodes.map(({ operator }) => operator);
}

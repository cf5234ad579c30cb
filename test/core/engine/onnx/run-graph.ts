import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Graph } from '../../../../src/core/engine/onnx/graph.js';

/** Runs a graph of float64 inputs and outputs; shapes are those of the graph. */
export async function compile(
  graph: Graph,
): Promise<
  (inputs: Readonly<Record<string, ArrayLike<number>>>) => Promise<Record<string, number[]>>
> {
  const session = await InferenceSession.create(graph.encode(), {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const { inputs: descriptions } = graph.describe();
  return async (inputs) => {
    const feeds = descriptions.map(({ name, type, shape }) => {
      const values = inputs[name]!;
      const data = type === 'float64' ? Float64Array.from(values) : Float32Array.from(values);
      return [name, new Tensor(type, data, shape)] as const;
    });
    const outputs = await session.run(Object.fromEntries(feeds));
    return Object.fromEntries(
      Object.entries(outputs).map(([name, { data }]) => [name, Array.from(data, Number)]),
    );
  };
}

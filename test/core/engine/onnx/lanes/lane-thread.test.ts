import { expect, it } from 'vitest';
import { Graph } from '../../../../../src/core/engine/onnx/graph.js';
import { LaneThread } from '../../../../../src/core/engine/onnx/lanes/lane-thread.js';
import { scale } from '../../../../../src/core/engine/onnx/primitives/elementwise.js';
import { floats, readFloats } from '../../../../../src/core/engine/onnx/session.js';

it('a lane also works when the program runs from source', async () => {
  const graph = new Graph();
  graph.output(scale(graph, graph.input([1], 'float32', 'input'), 2), 'output');
  const lane = new LaneThread();
  await lane.create(0, graph.encode());
  const { output } = await lane.run(0, { input: floats(Float32Array.of(3)) });
  expect([...readFloats(output)]).toEqual([6]);
  await lane.close();
});

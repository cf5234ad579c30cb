import type { InferenceSession } from 'onnxruntime-node';
import { Graph } from '../src/core/engine/onnx/graph.js';
import { gemm } from '../src/core/engine/onnx/primitives/matrix.js';
import { createSession, floats } from '../src/core/engine/onnx/session.js';

const SIZE = 1024;
/** Floating-point operations of the product. */
export const CEILING_FLOP = 2 * SIZE ** 3;

/** A 1024³ matrix product through the same runtime, ready to run. */
export function createCeiling(threads: number): () => Promise<() => Promise<unknown>> {
  let session: Promise<InferenceSession> | undefined;
  const random = (): Float32Array => Float32Array.from({ length: SIZE ** 2 }, () => Math.random());
  const feeds = { left: floats(random(), [SIZE, SIZE]), right: floats(random(), [SIZE, SIZE]) };
  return async () => {
    session ??= createSession(productGraph(), threads);
    const ready = await session;
    return () => ready.run(feeds);
  };
}

function productGraph(): Uint8Array {
  const graph = new Graph();
  const left = graph.input([SIZE, SIZE], 'float32', 'left');
  const right = graph.input([SIZE, SIZE], 'float32', 'right');
  graph.output(gemm(graph, left, right), 'product');
  return graph.encode();
}

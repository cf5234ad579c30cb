import type { Tensor } from 'onnxruntime-node';
import type { FlatBackend } from './flat-backend.js';
import { Graph } from './graph.js';
import { LazySession } from './lazy-session.js';
import { floats, readFloats } from './session.js';

/**
 * Moves vectors to the device and back.
 *
 * By sessions that only copy: `getData` of a tensor on the device aborts the process (ONNX Runtime 1.30 under Node).
 */
export class Transfer {
  readonly #up: LazySession;
  readonly #down: LazySession;

  constructor({ threads, createSession }: FlatBackend) {
    this.#up = new LazySession(copyGraph, threads, (model) => createSession(model, ['output']));
    this.#down = new LazySession(copyGraph, threads, (model) => createSession(model, []));
  }

  /** A vector on the device; the caller disposes of it. */
  async up(values: Float32Array): Promise<Tensor> {
    return (await this.#up.run({ input: floats(values) }))['output']!;
  }

  /** A copy of a vector on the device. */
  async down(vector: Tensor): Promise<Float32Array> {
    return readFloats((await this.#down.run({ input: vector }))['output']).slice();
  }

  async release(): Promise<void> {
    await this.#up.release();
    await this.#down.release();
  }
}

function copyGraph(): Uint8Array {
  const graph = new Graph();
  graph.output(graph.input([-1], 'float32', 'input'), 'output');
  return graph.encode();
}

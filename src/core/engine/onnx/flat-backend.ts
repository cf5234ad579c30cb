import type { InferenceSession } from 'onnxruntime-node';
import type { GraphOptions } from './graph.js';

/** A provider for graphs without loops. */
export interface FlatBackend {
  /** Such as `webgpu`. */
  readonly device: string;
  /** What graphs may contain. */
  readonly dialect: GraphOptions;
  readonly threads: number;
  /** A session whose outputs of these names stay on the device. */
  readonly createSession: (
    model: Uint8Array,
    onDevice: readonly string[],
  ) => Promise<InferenceSession>;
}

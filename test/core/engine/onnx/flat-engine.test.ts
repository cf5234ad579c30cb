import { InferenceSession } from 'onnxruntime-node';
import { testEngine } from '../../../contracts/engine.js';
import type { FlatBackend } from '../../../../src/core/engine/onnx/flat-backend.js';
import { FlatEngine } from '../../../../src/core/engine/onnx/flat-engine.js';
import { WEBGPU_DIALECT } from '../../../../src/core/engine/onnx/providers/webgpu.js';
import { createSession } from '../../../../src/core/engine/onnx/session.js';

/** The graphs of WebGPU, computed by the CPU. */
const onCpu: FlatBackend = {
  device: 'cpu',
  dialect: WEBGPU_DIALECT,
  threads: 1,
  createSession: (model): Promise<InferenceSession> => createSession(model, 1),
};

testEngine('the engine without loops, on the CPU,', (options) =>
  FlatEngine.create({ ...options, microBatch: 2 }, onCpu),
);

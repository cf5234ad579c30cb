import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { InferenceSession, listSupportedBackends } from 'onnxruntime-node';
import { SweepError, messageOf } from '../../../errors.js';
import { Graph } from '../graph.js';

/** A session on a CUDA device; operators without a CUDA kernel are computed on the CPU. */
export function createCudaSession(
  model: Uint8Array,
  threads: number,
  deviceIndex: number,
): Promise<InferenceSession> {
  return InferenceSession.create(model, {
    executionProviders: [{ name: 'cuda', deviceId: deviceIndex }, 'cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3, // errors only
  });
}

/**
 * Opens a CUDA device, to see whether that works.
 *
 * @throws SweepError `unavailable` with the reason
 */
export async function requireCuda(deviceIndex: number): Promise<void> {
  const host = `${process.platform}/${process.arch}`;
  if (!listSupportedBackends().some(({ name }) => name === 'cuda')) {
    const message = `onnxruntime-node has no CUDA provider for ${host}`;
    throw new SweepError('unavailable', { message, fix: 'Use webgpu, which needs no CUDA.' });
  }
  const library = join(binaryFolder(), 'libonnxruntime_providers_cuda.so');
  if (!existsSync(library)) {
    throw new SweepError('unavailable', {
      message: `ONNX Runtime's CUDA provider is not installed (no ${library})`,
      fix: 'ONNXRUNTIME_NODE_INSTALL=cuda12 node node_modules/onnxruntime-node/script/install.js',
    });
  }
  try {
    const graph = new Graph();
    graph.output(graph.input([1], 'float32', 'input'), 'output');
    await (await createCudaSession(graph.encode(), 1, deviceIndex)).release();
  } catch (cause) {
    const message = `CUDA device ${deviceIndex} does not work: ${reasonOf(messageOf(cause))}`;
    const fix =
      'CUDA 12 and cuDNN 9 must be on LD_LIBRARY_PATH, and nvidia-smi must list the device.';
    throw new SweepError('unavailable', { message, fix }, { cause });
  }
}

function binaryFolder(): string {
  const manifest = createRequire(import.meta.url).resolve('onnxruntime-node/package.json');
  return join(dirname(manifest), 'bin', 'napi-v6', process.platform, process.arch);
}

/** What is wrong, from ONNX Runtime's message: the part after its source file and status code. */
function reasonOf(message: string): string {
  const [line = message] = message.split('\n');
  return (line.split(/ : FAIL : |Failed to load shared library/).at(-1) ?? line).trim();
}

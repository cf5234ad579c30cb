import type { Device } from './devices.js';
import type { Engine } from './engine.js';
import type { OnnxEngineOptions } from './onnx/onnx-engine.js';
import { resolveDevices } from './resolve-devices.js';

export interface EngineOptions extends OnnxEngineOptions {
  /** One of `DEVICE_NAMES`; of several GPUs the first is taken. */
  readonly device: string;
}

/**
 * An engine on the device that was asked for. Its library is loaded here and not before.
 *
 * @throws SweepError `unavailable` for a device that does not exist here, with the reason
 */
export async function createEngine({ device, ...options }: EngineOptions): Promise<Engine> {
  const [first] = await resolveDevices(device);
  return createOn(first ?? { kind: 'cpu' }, options);
}

async function createOn(device: Device, options: OnnxEngineOptions): Promise<Engine> {
  switch (device.kind) {
    case 'cpu':
    case 'webgpu':
    case 'cuda': {
      const { createOnnxEngine } = await import('./onnx/onnx-engine.js');
      return createOnnxEngine(options);
    }
    case 'tfjs':
    case 'tfjs-cpu': {
      const { createTfjsEngine } = await import('./tfjs/tfjs-engine.js');
      return device.kind === 'tfjs'
        ? createTfjsEngine({ ...options, backend: 'node-gpu', gpu: device.gpu })
        : createTfjsEngine({ ...options, backend: 'javascript' });
    }
  }
}

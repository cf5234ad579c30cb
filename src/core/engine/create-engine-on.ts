import type { Device } from './devices.js';
import type { Engine } from './engine.js';
import type { OnnxEngineOptions } from './onnx/onnx-engine.js';
import type { ProviderChoice } from './onnx/providers/provider.js';

/** What an engine needs beside its device. */
export type EngineSetup = Omit<OnnxEngineOptions, keyof ProviderChoice>;

/**
 * An engine on one device. Its library is loaded here and not before.
 *
 * @throws SweepError `unavailable` when the device does not work, with the reason
 */
export async function createEngineOn(device: Device, setup: EngineSetup): Promise<Engine> {
  switch (device.kind) {
    case 'cpu':
    case 'webgpu':
    case 'cuda': {
      const { createOnnxEngine } = await import('./onnx/onnx-engine.js');
      return createOnnxEngine({ ...setup, ...providerOf(device) });
    }
    case 'tfjs':
    case 'tfjs-cpu': {
      const { createTfjsEngine } = await import('./tfjs/tfjs-engine.js');
      return device.kind === 'tfjs'
        ? createTfjsEngine({ ...setup, backend: 'node-gpu', gpu: device.gpu })
        : createTfjsEngine({ ...setup, backend: 'javascript' });
    }
  }
}

type OnnxDevice = Extract<Device, { kind: 'cpu' | 'webgpu' | 'cuda' }>;

/** How the onnx engine calls a device. */
export function providerOf(device: OnnxDevice): ProviderChoice & { provider: OnnxDevice['kind'] } {
  switch (device.kind) {
    case 'cpu':
      return { provider: 'cpu' };
    case 'webgpu':
      return { provider: 'webgpu', allowSoftwareAdapter: device.isSoftware };
    case 'cuda':
      return { provider: 'cuda', deviceIndex: device.gpu ?? 0 };
  }
}

import { SweepError, quoteValue } from '../errors.js';
import type { Engine } from './engine.js';
import type { OnnxEngineOptions } from './onnx/onnx-engine.js';

/** Devices that can be asked for; `auto` takes the first that works. */
export const DEVICES = ['auto', 'cpu'] as const;

export interface EngineOptions extends OnnxEngineOptions {
  /** One of {@link DEVICES}. */
  readonly device: string;
}

/**
 * An engine on the device that was asked for. Its library is loaded here and not before.
 *
 * @throws SweepError `unavailable` for a device that does not exist here
 */
export async function createEngine({ device, ...options }: EngineOptions): Promise<Engine> {
  if (!DEVICES.some((known) => known === device)) {
    throw new SweepError('unavailable', {
      message: `device must be one of ${DEVICES.join(', ')} (got ${quoteValue(device)})`,
      fix: 'Leave the device out to take the best one that works.',
    });
  }
  const { createOnnxEngine } = await import('./onnx/onnx-engine.js');
  return createOnnxEngine(options);
}

import { createEngineOn, type EngineSetup } from './create-engine-on.js';
import type { Engine } from './engine.js';
import { lookForHardware } from './hardware.js';
import { absence } from './probe-device.js';
import { readDevice, resolveDevices, unusable } from './resolve-devices.js';

export interface EngineOptions extends EngineSetup {
  /** One of `DEVICE_NAMES`; of several GPUs the first is taken. */
  readonly device: string;
}

/**
 * An engine on the device that was asked for. A device by name is opened at once; only `auto` tries what works, which
 * `sweep run` does once for all its workers.
 *
 * @throws SweepError `unavailable` for a device that does not exist here, with the reason
 */
export async function createEngine({ device: name, ...setup }: EngineOptions): Promise<Engine> {
  const hardware = lookForHardware();
  const asked = readDevice(name, hardware);
  if (asked === 'auto') {
    const [first] = await resolveDevices(name, { hardware });
    return createEngineOn(first ?? { kind: 'cpu' }, setup);
  }
  const absent = absence(asked, hardware);
  if (absent !== null) throw unusable(asked, absent);
  return createEngineOn(asked, setup);
}

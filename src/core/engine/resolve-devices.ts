import { SweepError } from '../errors.js';
import { type Device, deviceName, parseDevice } from './devices.js';
import { type Hardware, lookForHardware } from './hardware.js';
import {
  absence,
  type Probe,
  probeDevice,
  type ProbeDevice,
  type Unusable,
} from './probe-device.js';

/** What {@link resolveDevices} goes by; tests put their own here. */
export interface ResolveOptions {
  /** @default in this process */
  readonly probe?: ProbeDevice;
  readonly hardware?: Hardware;
}

/** The order of `auto`: the first that works is taken. */
export const PREFERENCE: readonly Device[] = [
  { kind: 'cuda', gpu: null },
  { kind: 'webgpu', isSoftware: false },
  { kind: 'tfjs', gpu: null },
];

/**
 * The devices that a name stands for: one, or all GPUs of a kind when no number chooses among several.
 *
 * @param name one of `DEVICE_NAMES`
 * @throws SweepError `unavailable` for a name that does not exist, or a device that does not work, with the reason
 */
export async function resolveDevices(
  name: string,
  { probe = probeDevice, hardware = lookForHardware() }: ResolveOptions = {},
): Promise<readonly Device[]> {
  const asked = readDevice(name, hardware);
  const tryDevice = async (device: Device): Promise<Probe> =>
    absence(device, hardware) ?? (await probe(device));
  if (asked === 'auto') {
    for (const device of PREFERENCE)
      if ((await tryDevice(device)).usable) return allOf(device, hardware);
    return [{ kind: 'cpu' }];
  }
  if (asked.kind === 'cpu' || asked.kind === 'tfjs-cpu') return [asked];
  const result = await tryDevice(asked);
  if (!result.usable) throw unusable(asked, result);
  return allOf(asked, hardware);
}

/**
 * Reads the name of a device.
 *
 * @throws SweepError `unavailable` for a name that does not exist, with what is obviously absent of those that do
 */
export function readDevice(name: string, hardware: Hardware): Device | 'auto' {
  try {
    return parseDevice(name);
  } catch (error) {
    if (!(error instanceof SweepError)) throw error;
    const absent = PREFERENCE.flatMap((device) => {
      const reason = absence(device, hardware)?.reason;
      return reason === undefined
        ? []
        : [{ where: `device ${deviceName(device)}`, message: reason }];
    });
    throw new SweepError('unavailable', [...error.diagnostics, ...absent], { cause: error });
  }
}

/** The error for a device that does not work. */
export function unusable(device: Device, { reason, fix }: Unusable): SweepError {
  return new SweepError('unavailable', {
    where: `device ${deviceName(device)}`,
    message: reason,
    fix: `${fix} \`sweep doctor\` lists what works.`.trim(),
  });
}

/** Each GPU of a kind by its number, where there are several and none was chosen. */
export function allOf(device: Device, { nvidiaGpus }: Hardware): readonly Device[] {
  if (!('gpu' in device) || device.gpu !== null || nvidiaGpus < 2) return [device];
  return Array.from({ length: nvidiaGpus }, (_, gpu) => ({ kind: device.kind, gpu }));
}

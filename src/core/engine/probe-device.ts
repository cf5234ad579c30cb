import { SweepError } from '../errors.js';
import type { Device } from './devices.js';
import { type Hardware, lookForHardware } from './hardware.js';

/** Whether a device works here. */
export type Probe =
  | {
      readonly usable: true;
      /** What computes there, such as `NVIDIA, Vulkan`, where that is known. */
      readonly adapter?: string;
    }
  | {
      readonly usable: false;
      /** Why not, in one line. */
      readonly reason: string;
      /** What to do about it. */
      readonly fix: string;
    };

/** Says whether a device works; see {@link probeDevice}. */
export type ProbeDevice = (device: Device) => Promise<Probe>;

/** Opens a device, in this process, to see whether it works. What is obviously absent is not tried. */
export async function probeDevice(device: Device): Promise<Probe> {
  const absent = absence(device, lookForHardware());
  if (absent !== null) return absent;
  switch (device.kind) {
    case 'cpu':
    case 'tfjs-cpu':
      return { usable: true };
    case 'webgpu':
    case 'cuda':
      return {
        usable: false,
        reason: 'the onnx engine of this version computes on the CPU only',
        fix: 'Leave the device out.',
      };
    case 'tfjs':
      return probeTfjs(device.gpu);
  }
}

/** Why a device cannot be there, by what the system's files tell; null when it may be. */
export function absence(device: Device, { nvidiaGpus, hasGraphics }: Hardware): Probe | null {
  switch (device.kind) {
    case 'cpu':
    case 'tfjs-cpu':
      return null;
    case 'webgpu':
      if (hasGraphics || device.isSoftware) return null;
      return {
        usable: false,
        reason: 'no GPU is visible (no /dev/dri/renderD* and no /dev/nvidia*)',
        fix: 'In a container, pass the GPU through; webgpu:software uses a software adapter, for tests.',
      };
    case 'cuda':
    case 'tfjs':
      if (nvidiaGpus > (device.gpu ?? 0)) return null;
      return {
        usable: false,
        reason:
          nvidiaGpus === 0
            ? 'no NVIDIA GPU is visible (no /dev/nvidia0, or CUDA_VISIBLE_DEVICES hides it)'
            : `there is no GPU ${device.gpu ?? 0}: the ${nvidiaGpus} visible ones count from 0`,
        fix: 'Install the NVIDIA driver (nvidia-smi must list the GPU); in a container, pass the GPU through.',
      };
  }
}

async function probeTfjs(gpu: number | null): Promise<Probe> {
  try {
    const { loadBackend } = await import('./tfjs/load-backend.js');
    await loadBackend('node-gpu', gpu);
    return { usable: true };
  } catch (error) {
    if (!(error instanceof SweepError)) throw error;
    const [first] = error.diagnostics;
    return { usable: false, reason: first?.message ?? error.message, fix: first?.fix ?? '' };
  }
}

import { messageOf, SweepError } from '../errors.js';
import { providerOf } from './create-engine-on.js';
import type { Device } from './devices.js';
import { type Hardware, lookForHardware } from './hardware.js';
import { takeOneStep } from './measure-speed.js';

/** Whether a device works here. */
export type Probe =
  | {
      readonly usable: true;
      /** What computes there, such as `NVIDIA, Vulkan`, where that is known. */
      readonly adapter?: string;
    }
  | Unusable;

/** A device that does not work here. */
export interface Unusable {
  readonly usable: false;
  /** Why not, in one line. */
  readonly reason: string;
  /** What to do about it. */
  readonly fix: string;
}

/** Says whether a device works; see {@link probeDevice}. */
export type ProbeDevice = (device: Device) => Promise<Probe>;

/**
 * Opens a device, in this process, and takes one small training step on it, to see whether it really works. What is
 * obviously absent is not tried.
 */
export async function probeDevice(device: Device): Promise<Probe> {
  const absent = absence(device, lookForHardware());
  if (absent !== null) return absent;
  try {
    const opened = await openDevice(device);
    if (opened.usable) await takeOneStep(device);
    return opened;
  } catch (error) {
    if (!(error instanceof SweepError)) return { usable: false, reason: oneLine(error), fix: '' };
    const [first] = error.diagnostics;
    return { usable: false, reason: first?.message ?? error.message, fix: first?.fix ?? '' };
  }
}

async function openDevice(device: Device): Promise<Probe> {
  switch (device.kind) {
    case 'cpu':
    case 'tfjs-cpu':
    case 'tfjs': // loading its library is all there is to it, and the step does that
      return { usable: true };
    case 'webgpu':
    case 'cuda': {
      const { probeOnnxProvider } = await import('./onnx/probe.js');
      const { provider, ...options } = providerOf(device);
      return probeOnnxProvider(provider, options);
    }
  }
}

function oneLine(error: unknown): string {
  return messageOf(error).split('\n', 1).join('').trim();
}

/** Why a device cannot be there, by what the system's files tell; null when it may be. */
export function absence(device: Device, { nvidiaGpus, hasGraphics }: Hardware): Unusable | null {
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

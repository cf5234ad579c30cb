import { readdirSync } from 'node:fs';

/** GPUs as far as a look at the system's files tells; no library is loaded and no driver is started. */
export interface Hardware {
  /** NVIDIA GPUs that this process may use. */
  readonly nvidiaGpus: number;
  /** Whether there may be a GPU for WebGPU. */
  readonly hasGraphics: boolean;
}

/** Where {@link lookForHardware} looks; tests put their own here. */
export interface System {
  readonly platform: NodeJS.Platform;
  /** Names in a folder, none when it cannot be read. */
  readonly list: (folder: string) => readonly string[];
  /** `CUDA_VISIBLE_DEVICES`, by which NVIDIA GPUs are hidden from a process. */
  readonly visibleDevices: string | undefined;
}

/**
 * A look that takes no time, so that a machine without a GPU never pays for loading GPU libraries: on Linux the device
 * files of drivers (/dev/nvidia0, /dev/dri/renderD128, /dev/dxg in WSL). Other systems always have graphics of a kind,
 * and are tried.
 */
export function lookForHardware(system: System = thisSystem()): Hardware {
  const { platform, list, visibleDevices } = system;
  if (platform === 'darwin') return { nvidiaGpus: 0, hasGraphics: true };
  if (platform !== 'linux') return { nvidiaGpus: visible(1, visibleDevices), hasGraphics: true };
  const devices = list('/dev');
  const isWsl = devices.includes('dxg');
  const nvidia = devices.filter((name) => /^nvidia\d+$/.test(name)).length;
  const isRendering = list('/dev/dri').some((name) => name.startsWith('renderD'));
  return {
    nvidiaGpus: visible(nvidia === 0 && isWsl ? 1 : nvidia, visibleDevices),
    hasGraphics: isWsl || nvidia > 0 || isRendering,
  };
}

/** How many of the GPUs `CUDA_VISIBLE_DEVICES` leaves; the list ends at its first invalid entry. */
function visible(gpus: number, visibleDevices: string | undefined): number {
  if (visibleDevices === undefined) return gpus;
  const names = visibleDevices.split(',').map((name) => name.trim());
  const end = names.findIndex((name) => name === '' || name.startsWith('-'));
  return Math.min(gpus, end === -1 ? names.length : end);
}

function thisSystem(): System {
  return {
    platform: process.platform,
    visibleDevices: process.env['CUDA_VISIBLE_DEVICES'],
    list: (folder) => {
      try {
        return readdirSync(folder);
      } catch {
        return []; // no such folder, no such hardware
      }
    },
  };
}

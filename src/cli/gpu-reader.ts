import { type GpuUse, readAmdGpus } from '../core/engine/gpu-use.js';
import { lookForHardware } from '../core/engine/hardware.js';
import { readNvidiaGpus } from '../sweeps/launchers/nvidia-smi.js';

/** Tells what of this machine's GPUs is in use; null where there is none that tells. */
export function createGpuReader(): ((signal: AbortSignal) => Promise<GpuUse[]>) | null {
  const { nvidiaGpus } = lookForHardware();
  const hasAmd = readAmdGpus().length > 0;
  if (nvidiaGpus === 0 && !hasAmd) return null;
  return async (signal) => [
    ...(nvidiaGpus === 0 ? [] : await readNvidiaGpus(signal)),
    ...(hasAmd ? readAmdGpus() : []),
  ];
}

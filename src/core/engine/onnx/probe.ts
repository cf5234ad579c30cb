import { SweepError } from '../../errors.js';
import { requireCuda } from './providers/cuda.js';
import type { ProviderName } from './providers/provider.js';
import { requireAdapter } from './providers/webgpu.js';

export type ProbeResult =
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

export interface ProbeOptions {
  /** Which of several CUDA devices. @default 0 */
  readonly deviceIndex?: number;
  /** Whether a WebGPU adapter that computes on the CPU counts. @default false */
  readonly allowSoftwareAdapter?: boolean;
}

/** Whether ONNX Runtime can compute on a provider here; it is really opened. */
export async function probeOnnxProvider(
  provider: ProviderName,
  { deviceIndex = 0, allowSoftwareAdapter = false }: ProbeOptions = {},
): Promise<ProbeResult> {
  try {
    switch (provider) {
      case 'cpu':
        return { usable: true };
      case 'webgpu': {
        const { name } = await requireAdapter({ allowSoftware: allowSoftwareAdapter });
        return { usable: true, adapter: name };
      }
      case 'cuda':
        await requireCuda(deviceIndex);
        return { usable: true };
    }
  } catch (error) {
    if (!(error instanceof SweepError)) throw error;
    const [first] = error.diagnostics;
    return { usable: false, reason: first?.message ?? error.message, fix: first?.fix ?? '' };
  }
}

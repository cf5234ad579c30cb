import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What of a GPU is in use; null where its driver does not tell. */
export interface GpuUse {
  /** Number of the GPU as its driver counts, such as `0`. */
  readonly name: string;
  /** Share of the time in which it computed, 0 to 1. */
  readonly busy: number | null;
  readonly memoryUsedBytes: number | null;
  readonly memoryTotalBytes: number | null;
}

/** What {@link parseNvidiaSmi} reads: `nvidia-smi --query-gpu=<fields> --format=csv,noheader,nounits`. */
export const NVIDIA_SMI_FIELDS = ['index', 'utilization.gpu', 'memory.used', 'memory.total'];

const MEBIBYTE = 1024 * 1024;

/** A number, or such as `[N/A]` where a GPU does not tell: one that is divided (MIG) has no use as a whole. */
const numberOrNull = z
  .string()
  .transform((text) => (/^\d+(\.\d+)?$/.test(text) ? Number(text) : null));

const nvidiaLine = z.tuple([z.string().min(1), numberOrNull, numberOrNull, numberOrNull]);

/**
 * Reads what nvidia-smi prints for {@link NVIDIA_SMI_FIELDS}: a line for each GPU, in percent and MiB.
 *
 * @throws ZodError for a line that has other fields, as an error message has
 */
export function parseNvidiaSmi(text: string): GpuUse[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const fields = line.split(',').map((field) => field.trim());
    const [name, percent, used, total] = nvidiaLine.parse(fields);
    return {
      name,
      busy: percent === null ? null : percent / 100,
      memoryUsedBytes: used === null ? null : used * MEBIBYTE,
      memoryTotalBytes: total === null ? null : total * MEBIBYTE,
    };
  });
}

const DRM_FOLDER = '/sys/class/drm';

/**
 * The GPUs whose Linux driver has its use in files (amdgpu: Linux kernel documentation, "GPU power, thermal, and
 * utilization monitoring"); none elsewhere.
 *
 * @param folder `/sys/class/drm`; tests have one of their own
 */
export function readAmdGpus(folder: string = DRM_FOLDER): GpuUse[] {
  const cards = listFolder(folder).filter((name) => /^card\d+$/.test(name));
  return cards.sort(byNumber).flatMap((card) => {
    const read = (file: string): number | null => readNumber(join(folder, card, 'device', file));
    const percent = read('gpu_busy_percent');
    if (percent === null) return [];
    return [
      {
        name: card.slice('card'.length),
        busy: percent / 100,
        memoryUsedBytes: read('mem_info_vram_used'),
        memoryTotalBytes: read('mem_info_vram_total'),
      },
    ];
  });
}

function byNumber(a: string, b: string): number {
  return Number(a.slice('card'.length)) - Number(b.slice('card'.length));
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // not Linux
  }
}

function readNumber(file: string): number | null {
  try {
    return numberOrNull.parse(readFileSync(file, 'utf8').trim());
  } catch {
    return null; // another driver, or a GPU that sleeps
  }
}

import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { z } from 'zod';
import { runtimeVersion } from '../src/core/engine/onnx/runtime-version.js';

export const machineSchema = z.object({
  date: z.string(),
  processor: z.string(),
  cores: z.int(),
  memoryGiB: z.number(),
  node: z.string(),
  onnxruntime: z.string(),
  /** Null where PyTorch is absent. */
  torch: z.string().nullable(),
  /** Runnable processes, mean of the last minute, before and after: much above 0 before means a busy machine. */
  loadBefore: z.number(),
  loadAfter: z.number(),
});

export type Machine = z.infer<typeof machineSchema>;

/** Load average of the last minute. */
export function load(): number {
  return loadavg()[0] ?? Number.NaN;
}

export function describeMachine(torch: string | null, loadBefore: number): Machine {
  return {
    date: new Date().toISOString(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    onnxruntime: runtimeVersion(),
    torch,
    loadBefore,
    loadAfter: load(),
  };
}

import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { runtimeVersion } from '../src/core/engine/onnx/session.js';

export interface Machine {
  readonly date: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly node: string;
  readonly onnxruntime: string;
  /** Null where PyTorch is absent. */
  readonly torch: string | null;
  /** Runnable processes, mean of the last minute, before and after: much above 0 before means a busy machine. */
  readonly loadBefore: number;
  readonly loadAfter: number;
}

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

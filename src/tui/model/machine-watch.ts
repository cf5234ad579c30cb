import { type Holder, isInSight } from '../../core/run-folder/holder.js';
import type { LiveRun } from '../../core/store/dashboard-overview-queries.js';
import { type GpuReading, GpuWatch, type ReadGpus } from './gpu-watch.js';
import { createMachineReader, type MachineUse } from './machine-use.js';
import { createProcessReader, type ProcessUse } from './process-use.js';

/** What the runs on one device use of the processor and the memory. */
export interface DeviceUse {
  /** Such as `cpu` or `cuda:1`. */
  readonly device: string;
  readonly runs: number;
  /** Of their workers together; null where none can be seen: on another host, or at the first look. */
  readonly cores: number | null;
  readonly memoryBytes: number | null;
}

/** The machine of the dashboard, and what the runs use. */
export interface MachineReading extends MachineUse {
  /** Null before the first answer and without a GPU. */
  readonly gpus: GpuReading | null;
  readonly devices: readonly DeviceUse[];
}

/** Share of the processors from which on somebody waits for one. */
const FULL = 0.95;

/** What of this machine is in use, by whom; looked at only while something runs. */
export class MachineWatch {
  readonly #readMachine: () => MachineUse;
  readonly #readProcesses = createProcessReader();
  readonly #gpus: GpuWatch;
  #use: MachineUse | null = null;
  #workers: ReadonlyMap<string, ProcessUse> = new Map();

  constructor(readGpus: ReadGpus, readMachine = createMachineReader()) {
    this.#gpus = new GpuWatch(readGpus);
    this.#readMachine = readMachine;
  }

  /** Whether there was next to no processor time left at the last look. */
  get isFull(): boolean {
    return (this.#use?.cpu ?? 0) >= FULL;
  }

  /** @param holders who holds the living runs, by the ids of the runs */
  look(holders: ReadonlyMap<string, Holder>, nowMs: number): void {
    const local = [...holders].filter(([, holder]) => isInSight(holder));
    const pids = local.map(([, { pid }]) => pid);
    if (holders.size > 0) this.#use = this.#readMachine();
    const uses = this.#readProcesses(pids, nowMs);
    this.#workers = new Map(
      local.flatMap(([id, { pid }]) => {
        const use = uses.get(pid);
        return use === undefined ? [] : [[id, use] as const];
      }),
    );
  }

  /** What the worker of a run uses; null when none is seen on this machine. */
  worker(runId: string): ProcessUse | null {
    return this.#workers.get(runId) ?? null;
  }

  /** Null before the first look. From the second call on, the GPUs are in it. */
  reading(live: readonly LiveRun[], nowMs: number): MachineReading | null {
    if (this.#use === null) return null;
    return { ...this.#use, gpus: this.#gpus.look(nowMs), devices: this.#devicesOf(live) };
  }

  close(): void {
    this.#gpus.close();
  }

  #devicesOf(live: readonly LiveRun[]): DeviceUse[] {
    const devices = new Map<string, DeviceUse>();
    for (const { id, device } of live) {
      if (device === null) continue;
      const use = this.worker(id);
      const { runs, cores, memoryBytes } = devices.get(device) ?? NO_USE;
      devices.set(device, {
        device,
        runs: runs + 1,
        cores: sum(cores, use?.cores ?? null),
        memoryBytes: sum(memoryBytes, use?.memoryBytes ?? null),
      });
    }
    return [...devices.values()].sort((a, b) => (a.device < b.device ? -1 : 1));
  }
}

const NO_USE = { runs: 0, cores: null, memoryBytes: null };

/** Null only where neither is known. */
function sum(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : a + b;
}

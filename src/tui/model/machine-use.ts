import { readFileSync } from 'node:fs';
import { cpus, freemem, totalmem } from 'node:os';

/** What of the machine is in use. */
export interface MachineUse {
  /** Share of all processors since the reading before, 0 to 1; null at the first. */
  readonly cpu: number | null;
  readonly memoryUsedBytes: number;
  readonly memoryTotalBytes: number;
}

/** Reads the use of the machine; each reading compares itself with the one before. */
export function createMachineReader(): () => MachineUse {
  let before = readTicks();
  let isFirst = true;
  return () => {
    const now = readTicks();
    const total = now.total - before.total;
    const cpu = isFirst || total <= 0 ? null : 1 - (now.idle - before.idle) / total;
    before = now;
    isFirst = false;
    const memoryTotalBytes = totalmem();
    return { cpu, memoryUsedBytes: memoryTotalBytes - availableMemory(), memoryTotalBytes };
  };
}

function readTicks(): { readonly idle: number; readonly total: number } {
  let idle = 0;
  let total = 0;
  for (const { times } of cpus()) {
    idle += times.idle;
    total += times.user + times.nice + times.sys + times.irq + times.idle;
  }
  return { idle, total };
}

/** Memory that could be given out, caches included (proc(5), MemAvailable); elsewhere what is free. */
function availableMemory(): number {
  try {
    const kibibytes = /^MemAvailable:\s+(\d+) kB$/m.exec(
      readFileSync('/proc/meminfo', 'utf8'),
    )?.[1];
    return kibibytes === undefined ? freemem() : Number(kibibytes) * 1024;
  } catch {
    return freemem(); // no /proc: macOS, Windows
  }
}

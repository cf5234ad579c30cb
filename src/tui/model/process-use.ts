import { readFileSync } from 'node:fs';

/** What a process uses. */
export interface ProcessUse {
  /** Processor time by time since the reading before: 1 is one core; null at the first. */
  readonly cores: number | null;
  readonly memoryBytes: number;
}

/** Linux tells processor time in hundredths of a second (USER_HZ, time(7)), whatever the kernel counts in. */
const TICKS_A_SECOND = 100;

/**
 * Reads what processes of this machine use, each since the reading before. One that has ended is left out, and so are
 * all where there is no /proc (macOS, Windows).
 */
export function createProcessReader(): (
  pids: readonly number[],
  nowMs: number,
) => ReadonlyMap<number, ProcessUse> {
  let before = new Map<number, { readonly seconds: number; readonly ms: number }>();
  return (pids, nowMs) => {
    const uses = new Map<number, ProcessUse>();
    const now = new Map<number, { readonly seconds: number; readonly ms: number }>();
    for (const pid of pids) {
      const reading = readProcess(pid);
      if (reading === null) continue;
      const earlier = before.get(pid);
      const sinceSeconds = earlier === undefined ? 0 : (nowMs - earlier.ms) / 1000;
      const cores =
        earlier === undefined || sinceSeconds <= 0
          ? null
          : Math.max(0, reading.cpuSeconds - earlier.seconds) / sinceSeconds;
      uses.set(pid, { cores, memoryBytes: reading.memoryBytes });
      now.set(pid, { seconds: reading.cpuSeconds, ms: nowMs });
    }
    before = now;
    return uses;
  };
}

/** User and system time of all threads (proc_pid_stat(5), fields 14 and 15), and the resident memory. */
function readProcess(
  pid: number,
): { readonly cpuSeconds: number; readonly memoryBytes: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name before the fields may contain spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
    if (kibibytes === undefined) return null; // a zombie has no memory any more
    return {
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND,
      memoryBytes: Number(kibibytes) * 1024,
    };
  } catch {
    return null; // it has ended, or there is no /proc
  }
}

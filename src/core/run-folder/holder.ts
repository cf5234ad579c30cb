import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';
import { hasCode } from '../errors.js';

/**
 * Which process holds something. A host name alone is not enough: containers and cloned machines share it, and a process
 * number means nothing outside of its PID namespace.
 */
export const holderSchema = z.strictObject({
  /** For people. */
  host: z.string(),
  pid: z.int().positive(),
  /** Start of the process in clock ticks since boot; null where the system does not tell. */
  processStart: z.string().nullable(),
  /** Of the running system, made anew at each boot; null where it does not tell. */
  bootId: z.string().nullable(),
  pidNamespace: z.string().nullable(),
});
export type Holder = Readonly<z.infer<typeof holderSchema>>;

/** A process in words: `process 4242 on node7`. */
export function describeHolder({ pid, host }: Holder): string {
  return `process ${pid} on ${host}`;
}

/** Of this process: it does not change. */
let own: Holder | null = null;

/** This process. */
export function ownHolder(): Holder {
  own ??= { host: hostname(), pid: process.pid, processStart: processStart(process.pid), ...PLACE };
  return own;
}

/** Where this process is: only of processes in the same place anything is seen. */
const PLACE = {
  bootId: unlessUnknown(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
  pidNamespace: unlessUnknown(() => readlinkSync('/proc/self/ns/pid')),
};

/** Whether both run under the same kernel, since the same boot: then they have the same steady clock. */
export function isSameBoot({ bootId, host }: Holder): boolean {
  return bootId === PLACE.bootId && (bootId !== null || host === hostname());
}

/** Whether this process can see that one, if it is there. */
export function isInSight(holder: Holder): boolean {
  return isSameBoot(holder) && holder.pidNamespace === PLACE.pidNamespace;
}

/**
 * What this process sees of another one: that it lives, that it is suspended (SIGSTOP, Ctrl-Z), that there is no such process
 * any more; or nothing, because it is on another host or in another container.
 */
export type Sight = 'lives' | 'suspended' | 'gone' | 'unseen';

export function lookAtProcess(holder: Holder): Sight {
  if (!isInSight(holder)) return 'unseen';
  if (!processExists(holder.pid)) return 'gone';
  const stat = readStat(holder.pid);
  if (stat === null || holder.processStart === null) return 'lives'; // no /proc: macOS
  // The system gives process numbers out again: only the same start time is the same process.
  if (stat.state === 'Z' || stat.start !== holder.processStart) return 'gone';
  return stat.state === 'T' ? 'suspended' : 'lives';
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    return hasCode(error, 'EPERM');
  }
}

function processStart(pid: number): string | null {
  return readStat(pid)?.start ?? null;
}

/** Fields 3 and 22 of /proc/<pid>/stat (proc(5)); null where the system does not tell, and of a process that just ended. */
function readStat(pid: number): { readonly state: string; readonly start: string } | null {
  const stat = unlessUnknown(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (stat === null) return null;
  // The command name before the fields may contain spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, start] = [fields[0], fields[19]];
  return state === undefined || start === undefined ? null : { state, start };
}

function unlessUnknown(read: () => string): string | null {
  try {
    return read();
  } catch {
    return null; // no /proc: macOS
  }
}

import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';

const leaseSchema = z.strictObject({
  host: z.string(),
  pid: z.int().positive(),
  /** Start of the process in clock ticks since boot; null where the system does not tell. */
  processStart: z.string().nullable(),
  /** When the lease was last renewed. */
  renewedAt: z.iso.datetime(),
});

/** Who works on a run. It is kept by the worker while it lives, and means nothing once the worker is dead. */
export type Lease = z.infer<typeof leaseSchema>;

/**
 * How long a lease of another host counts without renewal. On the same host the process itself is looked at, which is
 * exact; elsewhere only the clock is left, and a shared file system may show a renewal late.
 */
const REMOTE_LEASE_MS = 60_000;

/** The lease, or null when there is none or it cannot be read: then nobody holds it. */
export function readLease(path: string): Lease | null {
  if (!existsSync(path)) return null;
  try {
    return leaseSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // Leases are replaced atomically, so a damaged one was not written by a worker of ours.
    return null;
  }
}

/** Whether the holder of a lease still lives. */
export function isLeaseAlive(lease: Lease, nowMs: number = Date.now()): boolean {
  if (lease.host !== hostname()) return nowMs - Date.parse(lease.renewedAt) < REMOTE_LEASE_MS;
  if (!processExists(lease.pid)) return false;
  // The system gives process numbers out again: only the same start time is the same process.
  return lease.processStart === null || lease.processStart === processStart(lease.pid);
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * When a process started, in clock ticks since boot: field 22 of /proc/<pid>/stat (proc(5)); null where the system
 * does not tell.
 */
export function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name before the fields may contain spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended and only waits for its parent.
    if (fields[0] === 'Z') return 'ended';
    return fields[19] ?? null;
  } catch {
    return null; // no /proc: macOS, Windows
  }
}

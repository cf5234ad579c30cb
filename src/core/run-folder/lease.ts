import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';
import { hasCode } from '../errors.js';
import { steadyMs } from './steady-clock.js';

const leaseSchema = z.strictObject({
  host: z.string(),
  pid: z.int().positive(),
  /** Start of the process in clock ticks since boot; null where the system does not tell. */
  processStart: z.string().nullable(),
  /** When the lease was last renewed. */
  renewedAt: z.iso.datetime(),
  /** How the holder gets on, as of that renewal; see work-pace.ts. Left out by coordinators and older workers. */
  work: z
    .strictObject({
      begun: z.int().nonnegative(),
      quietMs: z.number().nonnegative(),
      allowanceMs: z.number().positive(),
      /** Steady clock of the host at that renewal. */
      steadyMs: z.number(),
    })
    .optional(),
});

/** Who works on a run. It is kept by the worker while it lives, and means nothing once the worker is dead. */
export type Lease = z.infer<typeof leaseSchema>;

/**
 * How long a lease of another host counts without renewal. On the same host the process itself is looked at, which is
 * exact; elsewhere only the clock is left, and a shared file system may show a renewal late.
 */
export const REMOTE_LEASE_MS = 60_000;

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

/** Now, by both clocks: the wall clock for leases of other hosts, the steady one for those of this host. */
export interface Now {
  readonly wallMs: number;
  readonly steadyMs: number;
}

function now(): Now {
  return { wallMs: Date.now(), steadyMs: steadyMs() };
}

/**
 * Whether the holder of a lease still lives. The wall clock has no say on the same host; elsewhere a renewal in the
 * future, by a clock that was set back since, counts as alive: two workers on one run would be worse than waiting.
 */
export function isLeaseAlive(lease: Lease, { wallMs }: Pick<Now, 'wallMs'> = now()): boolean {
  if (lease.host !== hostname()) return wallMs - Date.parse(lease.renewedAt) < REMOTE_LEASE_MS;
  if (!processExists(lease.pid)) return false;
  // The system gives process numbers out again: only the same start time is the same process.
  return lease.processStart === null || lease.processStart === processStart(lease.pid);
}

/** How a lease's holder gets on. */
export type LeaseState = 'free' | 'working' | 'stalled';

/**
 * Whether somebody works, lives without getting on, or is gone. Stalled is who has been with one piece of work for longer
 * than its own measures allow; see work-pace.ts.
 */
export function leaseState(lease: Lease | null, at: Now = now()): LeaseState {
  if (lease === null || !isLeaseAlive(lease, at)) return 'free';
  if (lease.work === undefined) return 'working';
  const { quietMs, allowanceMs, steadyMs: renewedMs } = lease.work;
  // Another host's steady clock is another clock: there is only the wall clock, which may have been set back.
  const sinceMs =
    lease.host === hostname() ? at.steadyMs - renewedMs : at.wallMs - Date.parse(lease.renewedAt);
  return quietMs + Math.max(0, sinceMs) > allowanceMs ? 'stalled' : 'working';
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

import { rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { writeJsonUnsynced } from './atomic-write.js';
import { type Lease, processStart } from './lease.js';

/** How often a worker renews its lease. */
export const LEASE_RENEWAL_MS = 5_000;

/** Takes or renews a lease for this process. */
export function writeLease(path: string): void {
  // Not synced: after a power cut nobody holds it.
  writeJsonUnsynced(path, {
    host: hostname(),
    pid: process.pid,
    processStart: processStart(process.pid),
    renewedAt: new Date().toISOString(),
  } satisfies Lease);
}

/** Gives a lease back. */
export function releaseLease(path: string): void {
  rmSync(path, { force: true });
}

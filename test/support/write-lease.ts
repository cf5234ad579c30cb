import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { newLease } from '../../src/core/run-folder/hold-lease.js';
import { type Holder, ownHolder } from '../../src/core/run-folder/holder.js';
import type { Lease } from '../../src/core/run-folder/lease.js';

/** Writes a lease of this process, or one with some fields of its own. */
export function writeLease(path: string, fields: Partial<Lease> = {}): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify({ ...newLease(), ...fields }));
}

/** A process of this machine that has ended: no process began at the first tick. */
export const ENDED: Holder = { ...ownHolder(), processStart: '1' };

/** A process of another machine. */
export const ELSEWHERE: Holder = { ...ownHolder(), host: 'elsewhere', bootId: 'another boot' };

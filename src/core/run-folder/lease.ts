import { z } from 'zod';
import { holderSchema, isSameBoot } from './holder.js';
import { readText } from './read-text.js';
import { steadyMs } from './steady-clock.js';

const leaseSchema = z.strictObject({
  holder: holderSchema,
  /** Since when it holds it, by its own clock: for people. */
  since: z.iso.datetime(),
  /** The same by the steady clock of its host. */
  sinceMs: z.number(),
  /** Counts renewals. That it changes is what says from afar that the holder lives; see heartbeats.ts. */
  beat: z.int().nonnegative(),
  /** How the holder gets on, as of that renewal; see work-pace.ts. Left out by coordinators. */
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

/** Who works on a run, or in a results folder. It is kept while the holder lives, and means nothing once it is dead. */
export type Lease = Readonly<z.infer<typeof leaseSchema>>;

/** A lease file as it is now. */
export interface LeaseFile {
  /** Its text: what changes with each renewal. */
  readonly text: string;
  /** Null for one that cannot be read: then nothing is known of its holder. */
  readonly lease: Lease | null;
}

/** Null when there is none: then nobody holds it. */
export function readLeaseFile(path: string): LeaseFile | null {
  const text = readText(path);
  return text === null ? null : { text, lease: parseLease(text) };
}

/** What is in a lease file; null when there is none, and for one that cannot be read. */
export function readLease(path: string): Lease | null {
  return readLeaseFile(path)?.lease ?? null;
}

function parseLease(text: string): Lease | null {
  try {
    return leaseSchema.parse(JSON.parse(text));
  } catch {
    return null; // leases are replaced as a whole: it was not written by this version
  }
}

/**
 * Whether a holder that lives does not get on: it has been with one piece of work for longer than its own measures allow;
 * see work-pace.ts. From another host only what it last said of itself counts, for clocks of two hosts are not compared.
 */
export function isStalled({ holder, work }: Lease, nowMs: number = steadyMs()): boolean {
  if (work === undefined) return false;
  const sinceMs = isSameBoot(holder) ? Math.max(0, nowMs - work.steadyMs) : 0;
  return work.quietMs + sinceMs > work.allowanceMs;
}

import { z } from 'zod';

/**
 * The first line of an attempt's log. It says which earlier attempt this one goes on from, and up to which of its lines that
 * one counts: what stands after them is never read, whoever writes it and when.
 */
export const attemptHeaderSchema = z.strictObject({
  type: z.literal('attempt'),
  attempt: z.int().positive(),
  /** The attempt before it that counts, and the last of its lines that does, from 1; null for a run's beginning. */
  after: z.strictObject({ attempt: z.int().positive(), line: z.int().positive() }).nullable(),
  /** Number of the last event before it; the events of this attempt go on from there. */
  seq: z.int().nonnegative(),
  time: z.iso.datetime(),
});

export type AttemptHeader = Readonly<z.infer<typeof attemptHeaderSchema>>;

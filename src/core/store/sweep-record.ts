import { z } from 'zod';

/** One run in a sweep's list; its position is its place in the list. */
export const sweepRunRecordSchema = z.strictObject({
  /** Name of the run in this sweep. */
  name: z.string(),
  runId: z.string(),
  /** What differs from the sweep's base: dotted key to value. */
  changes: z.record(z.string(), z.unknown()),
  /** From 1; null when the sweep does not replicate. */
  replicate: z.int().positive().nullable(),
});

/** What the database keeps of a sweep; also fit to be a file, so that the database can be built again. */
export const sweepRecordSchema = z.strictObject({
  name: z.string(),
  title: z.string().nullable(),
  definitionFile: z.string(),
  definitionText: z.string(),
  /** Metric and direction that define "best". */
  objective: z
    .strictObject({ metric: z.string(), goal: z.enum(['minimize', 'maximize']) })
    .nullable(),
  /** When the sweep was planned; the first becomes `createdAt`, the last `updatedAt`. */
  recordedAt: z.iso.datetime(),
  runs: z.array(sweepRunRecordSchema),
});

export type SweepRunRecord = z.infer<typeof sweepRunRecordSchema>;
export type SweepRecord = z.infer<typeof sweepRecordSchema>;

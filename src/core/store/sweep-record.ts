import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { messageOf, SweepError } from '../errors.js';
import { readText } from '../run-folder/read-text.js';
import { retentionSchema } from '../run-folder/retention.js';

const placeFields = {
  /** Name of the run in this sweep. */
  name: z.string(),
  /** What differs from the sweep's base: dotted key to value. */
  changes: z.record(z.string(), z.unknown()),
  /** From 1; null when the sweep does not replicate. */
  replicate: z.int().positive().nullable(),
};

/**
 * One run in a sweep's list; its position is its place in the list. One that stands on a result which is not there yet
 * has no id, and says what it waits for.
 */
export const sweepRunRecordSchema = z.union([
  z.strictObject({ ...placeFields, runId: z.string() }),
  z.strictObject({ ...placeFields, waitingFor: z.string() }),
]);

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
  /** Which checkpoints of its runs are kept; left out: the default. */
  keep: retentionSchema.optional(),
  /** When the sweep was planned first; the first versions did not write it. */
  createdAt: z.iso.datetime().optional(),
  /** When the sweep was planned last: `updatedAt` in the database. */
  recordedAt: z.iso.datetime(),
  /** The first of them; where there are more, they are in files of their own, see {@link readMoreRuns}. */
  runs: z.array(sweepRunRecordSchema),
});

const morePartSchema = z.strictObject({ runs: z.array(sweepRunRecordSchema) });

export type SweepRunRecord = z.infer<typeof sweepRunRecordSchema>;
export type SweepRecord = z.infer<typeof sweepRecordSchema>;

/** Where a sweep's folder keeps its record. */
export function sweepRecordFile(sweepFolder: string): string {
  return join(sweepFolder, 'sweep.json');
}

/** Where it keeps the runs that come after the first ones. @param part from 1 */
export function sweepPartFile(sweepFolder: string, part: number): string {
  return join(sweepFolder, `runs-${String(part).padStart(5, '0')}.json`);
}

/**
 * The record in a sweep's folder; null when there is none.
 *
 * @throws SweepError `bad-record` when it is damaged or from another version
 */
export function readSweepRecord(sweepFolder: string): SweepRecord | null {
  return read(sweepRecordFile(sweepFolder), sweepRecordSchema);
}

/**
 * The runs of a large sweep after those that its record has, part by part.
 *
 * @param from number of the first part, from 1
 * @throws SweepError `bad-record` when one is damaged
 */
export function* readMoreRuns(sweepFolder: string, from = 1): Generator<readonly SweepRunRecord[]> {
  for (let part = from; ; part++) {
    const runs = read(sweepPartFile(sweepFolder, part), morePartSchema)?.runs;
    if (runs === undefined) return;
    yield runs;
  }
}

/** How many files with more runs a sweep has. */
export function countParts(sweepFolder: string): number {
  let parts = 0;
  while (existsSync(sweepPartFile(sweepFolder, parts + 1))) parts += 1;
  return parts;
}

/** All runs in the list of a sweep, also of one that is not recorded yet. @throws SweepError `bad-record` when it is damaged */
export function* readListedRuns(sweepFolder: string): Generator<SweepRunRecord> {
  yield* readSweepRecord(sweepFolder)?.runs ?? [];
  for (const runs of readMoreRuns(sweepFolder)) yield* runs;
}

/** Null when there is no such file. */
function read<T extends z.ZodType>(path: string, schema: T): z.output<T> | null {
  const text = readText(path);
  if (text === null) return null;
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    const details = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new SweepError(
      'bad-record',
      {
        where: path,
        message: `the sweep's record cannot be read: ${details}`,
        fix: "Run the sweep's definition again: it writes the file anew, and what is finished is not done again.",
      },
      { cause: error },
    );
  }
}

import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { runConfigSchema } from '../config/run-schema.js';
import { messageOf, SweepError } from '../errors.js';

/** `run.json`: what a worker needs to know, written before anything else of a run. */
export const runFileSchema = z.strictObject({
  formatVersion: z.literal(1),
  id: z.string().regex(/^[0-9a-f]{12}$/),
  key: z.string().regex(/^[0-9a-f]{64}$/),
  config: runConfigSchema,
  /** SHA-256 of the cleaned texts that were planned with; null for a run that only samples. */
  dataFingerprint: z.string().nullable(),
  parameters: z.int(),
  /** Folder against which the dataset's relative paths are resolved. */
  baseFolder: z.string(),
  createdAt: z.iso.datetime(),
});

export type RunFile = z.infer<typeof runFileSchema>;

/** Reads and checks `run.json`. @throws SweepError `bad-record` when it is missing, damaged or of another version */
export function readRunFile(path: string): RunFile {
  try {
    return runFileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const details = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new SweepError(
      'bad-record',
      {
        where: path,
        message: `the run's configuration cannot be read: ${details}`,
        fix: 'Start the sweep again: it writes the file anew.',
      },
      { cause: error },
    );
  }
}

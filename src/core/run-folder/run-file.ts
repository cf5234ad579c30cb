import { z } from 'zod';
import { runConfigSchema } from '../config/run-schema.js';
import { messageOf, SweepError } from '../errors.js';
import { readText } from './read-text.js';

/** Format of a run's folder; docs/results.md names what is in it. */
export const RUN_FORMAT = 2;

/** `run.json`: what a worker needs to know, written before anything else of a run. */
export const runFileSchema = z.strictObject({
  formatVersion: z.literal(RUN_FORMAT),
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

const formatSchema = z.object({ formatVersion: z.int() });

/** Reads and checks `run.json`. @throws SweepError `bad-record` when it is missing, damaged or of another version */
export function readRunFile(path: string): RunFile {
  const text = readText(path);
  try {
    if (text === null) throw new Error('there is no such file');
    const value: unknown = JSON.parse(text);
    const format = formatSchema.safeParse(value).data?.formatVersion;
    if (format !== undefined && format !== RUN_FORMAT) throw otherFormat(path, format);
    return runFileSchema.parse(value);
  } catch (error) {
    if (error instanceof SweepError) throw error;
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

function otherFormat(where: string, format: number): SweepError {
  const isOlder = format < RUN_FORMAT;
  return new SweepError('bad-record', {
    where,
    message: `the run was written by ${isOlder ? 'an earlier' : 'a later'} version of sweep: it has format ${format}, this version reads format ${RUN_FORMAT}`,
    fix: `Choose another results folder with --results DIR, or ${isOlder ? 'move this one away and run its sweeps again' : 'update sweep'}.`,
  });
}

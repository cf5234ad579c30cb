import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isMissing, messageOf, SweepError } from '../../core/errors.js';
import { writeJson } from '../../core/run-folder/atomic-write.js';
import type { ResultsPaths } from '../../core/run-folder/paths.js';
import { STOP_TIMES } from '../../core/run-folder/stop-request.js';

const sweepControlSchema = z.strictObject({
  /** No new run is started; those that go on are left alone. */
  paused: z.boolean(),
  /** Runs at once; null leaves it to the coordinator. Their threads stay as they are: these can change a result. */
  jobs: z.int().positive().nullable(),
  /** No new run is started, and those that go on end. */
  stop: z.enum(STOP_TIMES).nullable(),
});

/** What the user wants of a sweep at work, beyond its definition. */
export type SweepControl = Readonly<z.infer<typeof sweepControlSchema>>;

/** Nothing was asked for. */
export const NO_CONTROL: SweepControl = { paused: false, jobs: null, stop: null };

/**
 * What was asked of a sweep. The coordinator looks at it about once a second.
 *
 * @throws SweepError `bad-record` when the file cannot be read or was written by something else
 */
export function readSweepControl(paths: ResultsPaths, sweep: string): SweepControl {
  const file = controlFile(paths, sweep);
  try {
    return sweepControlSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (isMissing(error)) return NO_CONTROL; // nothing was ever asked
    const details = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new SweepError(
      'bad-record',
      {
        where: file,
        message: `the file is not what sweep writes there: ${details}`,
        fix: 'Delete it: it only holds what was asked of a sweep at work.',
      },
      { cause: error },
    );
  }
}

/**
 * Asks something of a sweep; what is left out stays. The file is replaced whole; of two changes in the same instant
 * the later one wins.
 *
 * @example changeSweepControl(paths, 'q2', { paused: true })
 * @returns what is asked now
 * @throws SweepError `bad-record` when the file cannot be read or was written by something else
 */
export function changeSweepControl(
  paths: ResultsPaths,
  sweep: string,
  change: Partial<SweepControl>,
): SweepControl {
  const control = sweepControlSchema.parse({ ...readSweepControl(paths, sweep), ...change });
  writeJson(controlFile(paths, sweep), control);
  return control;
}

/** Forgets what was asked: a new start is a newer wish. */
export function clearSweepControl(paths: ResultsPaths, sweep: string): void {
  rmSync(controlFile(paths, sweep), { force: true });
}

function controlFile(paths: ResultsPaths, sweep: string): string {
  return join(paths.sweep(sweep), 'control.json');
}

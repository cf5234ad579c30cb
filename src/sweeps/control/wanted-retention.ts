import { SweepError } from '../../core/errors.js';
import type { ResultsPaths } from '../../core/run-folder/paths.js';
import {
  DEFAULT_RETENTION,
  mostGenerous,
  type Retention,
  UNKNOWN_RETENTION,
} from '../../core/run-folder/retention.js';
import { readSweepRecord } from '../../core/store/sweep-record.js';

/**
 * What several sweeps want to be kept of the runs that they share: the most generous wish. One without a record has no
 * wish; one whose record is damaged may want everything.
 *
 * @returns answers for the names of sweeps; each record is read once
 */
export function createRetentionReader(
  paths: ResultsPaths,
): (sweeps: readonly string[]) => Retention {
  const wishes = new Map<string, Retention>();
  const wishOf = (sweep: string): Retention => {
    const wish = wishes.get(sweep) ?? readWish(paths.sweep(sweep));
    wishes.set(sweep, wish);
    return wish;
  };
  return (sweeps) => mostGenerous(sweeps.map(wishOf));
}

function readWish(sweepFolder: string): Retention {
  try {
    return readSweepRecord(sweepFolder)?.keep ?? DEFAULT_RETENTION;
  } catch (error) {
    if (error instanceof SweepError) return UNKNOWN_RETENTION;
    throw error;
  }
}

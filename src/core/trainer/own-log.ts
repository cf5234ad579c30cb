import { fstatSync, statSync } from 'node:fs';
import { type LogLimits, type LogWatch, watchLog } from '../run-folder/bounded-log.js';

/**
 * Keeps the log of this process small where its launcher does not: there is no channel to one, or it is gone. A process
 * whose output goes elsewhere, such as to a terminal, leaves the file alone.
 *
 * @param path the log of the run that is worked on
 * @param descriptor what the output goes to
 */
export function watchOwnLog(path: () => string, descriptor = 1, limits?: LogLimits): LogWatch {
  const isOwn = (): boolean => {
    const { dev, ino } = fstatSync(descriptor);
    const file = statSync(path(), { throwIfNoEntry: false });
    return file?.ino === ino && file.dev === dev;
  };
  return isOwn() ? watchLog(path, limits) : { end: () => undefined };
}

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { isMissing } from '../errors.js';

/** The last whole lines of a file, at most `maxBytes` of them; none when there is no such file. */
export function readTailLines(path: string, maxBytes: number): string[] {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (isMissing(error)) return []; // a run that has not begun has no log
    throw error;
  }
  try {
    const { size } = fstatSync(file);
    const start = Math.max(0, size - maxBytes);
    const bytes = Buffer.alloc(size - start);
    const read = readSync(file, bytes, 0, bytes.length, start);
    const lines = bytes.toString('utf8', 0, read).split('\n');
    // The first line is only its end, the last one only its beginning or nothing.
    return lines.slice(start > 0 ? 1 : 0, -1);
  } finally {
    closeSync(file);
  }
}

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { isMissing } from '../errors.js';

/**
 * The text of a file as the file system has it now; null when there is none.
 *
 * Opened, then asked for its size, then read: on a network file system that is what makes the client ask the server. Node's
 * own readFileSync asks for no size where it expects a text, and then gets as much as the client remembers.
 */
export function readText(path: string): string | null {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  try {
    return readRange(file, 0, fstatSync(file).size).toString('utf8');
  } finally {
    closeSync(file);
  }
}

/** Bytes of an open file; fewer where it ends before. One call may give less than it was asked for. */
export function readRange(file: number, from: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(Math.max(0, length));
  let done = 0;
  while (done < bytes.length) {
    const read = readSync(file, bytes, done, bytes.length - done, from + done);
    if (read === 0) break;
    done += read;
  }
  return bytes.subarray(0, done);
}

import {
  closeSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs';
import { isMissing, messageOf } from '../errors.js';

/** How large a log of a worker's output may get, in bytes. */
export interface LogLimits {
  /** Above this its middle is cut out. More than `head` and `tail` together, so that it is not cut all the time. */
  readonly most: number;
  /** How much of its beginning stays. */
  readonly head: number;
  /** How much of its end stays. */
  readonly tail: number;
}

/** The beginning says what was started, the end why it ended; no person reads more than that of a log. */
export const LOG_LIMITS: LogLimits = { most: 16 * 2 ** 20, head: 2 ** 20, tail: 4 * 2 ** 20 };

/** How often a log is looked at. Between two looks it may grow by what a disk takes in that time. */
const LOOK_MS = 200;

/**
 * Cuts the middle out of a log that is too large, and says there how many bytes are missing.
 *
 * It is done in the file itself, while others append to it: a pipe to somebody who cuts would lose the end of the log
 * when that one is killed. What is appended while the end is being moved is moved too; the few bytes that come in the
 * last instant may be lost. Writers must have opened the file for appending. One process at a time cuts a log.
 */
export function cutLog(path: string, limits: LogLimits = LOG_LIMITS): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= limits.most) return;
  const file = openSync(path, 'r+');
  try {
    cut(file, limits);
  } finally {
    closeSync(file);
  }
}

/** What {@link watchLog} is stopped with. */
export interface LogWatch {
  /** Looks a last time. */
  readonly end: () => void;
}

/** Keeps a log within its limits until it is stopped. A log that cannot be cut is told once, and left alone. */
export function watchLog(path: () => string, limits: LogLimits = LOG_LIMITS): LogWatch {
  const look = (): void => {
    try {
      cutLog(path(), limits);
    } catch (error) {
      if (isMissing(error)) return; // somebody removed it
      clearInterval(timer);
      process.emitWarning(`${path()} cannot be kept small: ${messageOf(error)}`);
    }
  };
  const timer = setInterval(look, LOOK_MS).unref();
  return {
    end: () => {
      clearInterval(timer);
      look();
    },
  };
}

const NEWLINE = 0x0a;
/** All marks are equally long, so that the number can be corrected where it stands. */
const MARK_BYTES = 80;
const MARK = /\n\[sweep left out (\d+) bytes here\] *\n/;

function markOf(leftOut: number): Buffer {
  const line = `\n[sweep left out ${leftOut} bytes here]`;
  return Buffer.from(`${line.padEnd(MARK_BYTES - 1)}\n`);
}

/** The file is head, mark, tail then; a death in between leaves some of the tail twice. */
function cut(file: number, { head, tail }: LogLimits): void {
  const { headEnd, bodyStart, before } = readHead(file, head);
  const tailStart = startOfLine(file, fstatSync(file).size - tail);
  let to = headEnd + MARK_BYTES;
  const leftOut = before + tailStart - bodyStart;
  write(file, markOf(leftOut), headEnd);
  // What is appended meanwhile is moved as well, as long as that gets less.
  let from = tailStart;
  for (let size = fstatSync(file).size, most = Infinity; size > from && size - from < most;) {
    const part = read(file, from, size - from);
    write(file, part, to);
    most = part.length;
    from += part.length;
    to += part.length;
    size = fstatSync(file).size;
  }
  const lost = fstatSync(file).size - from;
  ftruncateSync(file, to);
  if (lost > 0) write(file, markOf(leftOut + lost), headEnd);
}

/** Where the head ends, where what follows it begins, and how much was left out between them before. */
function readHead(
  file: number,
  head: number,
): { readonly headEnd: number; readonly bodyStart: number; readonly before: number } {
  const text = read(file, 0, head + MARK_BYTES).toString('latin1'); // a byte each
  const mark = MARK.exec(text);
  if (mark !== null)
    return {
      headEnd: mark.index,
      bodyStart: mark.index + mark[0].length,
      before: Number(mark[1]),
    };
  // The mark brings a newline.
  const lastLine = text.lastIndexOf('\n', head - 1);
  const headEnd = lastLine === -1 ? head : lastLine;
  return { headEnd, bodyStart: headEnd, before: 0 };
}

/** The beginning of the first line after a byte, unless that is far away. */
function startOfLine(file: number, byte: number): number {
  const newline = read(file, byte, 4096).indexOf(NEWLINE);
  return newline === -1 ? byte : byte + newline + 1;
}

function read(file: number, from: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, readSync(file, bytes, 0, length, from));
}

function write(file: number, bytes: Uint8Array, to: number): void {
  for (let done = 0; done < bytes.length;)
    done += writeSync(file, bytes, done, bytes.length - done, to + done);
}

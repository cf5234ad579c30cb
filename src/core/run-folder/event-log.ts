import {
  closeSync,
  existsSync,
  fsyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  writeSync,
} from 'node:fs';
import { z } from 'zod';
import { hasCode, isMissing, messageOf, SweepError } from '../errors.js';
import { syncDescriptor } from './atomic-write.js';
import { type AttemptHeader, attemptHeaderSchema } from './attempt-header.js';
import type { NewRunEvent, RunEvent } from './event.js';
import { parseEvent } from './parse-event.js';
import type { AttemptPaths } from './paths.js';
import { readRange } from './read-text.js';

const NEWLINE = 0x0a;

/** Part of a log, and where the next part begins. */
export interface EventPart {
  readonly events: readonly RunEvent[];
  /** Byte after the last complete line. */
  readonly nextByte: number;
}

/** {@link EventPart} with the header, where it has the first line. */
export interface LogPart extends EventPart {
  /** Null while the first line is not whole, and for a part that begins after it. */
  readonly header: AttemptHeader | null;
}

/** What of a log is read. */
export interface LogRange {
  /** Where to begin. @default 0 */
  readonly fromByte?: number;
  /** Lines at most; what comes after them is not looked at. @default all */
  readonly lines?: number;
}

/**
 * The events in complete lines of an attempt's log. A last line without its newline is still being written, or was torn
 * when its writer died: it is left for the next call. A damaged line before that is an error.
 *
 * @throws SweepError `bad-record` with the byte of a line that is no event
 */
export function readEvents(
  path: string,
  { fromByte = 0, lines = Infinity }: LogRange = {},
): LogPart {
  const bytes = readBytes(path, fromByte);
  return parseLines(bytes.subarray(0, endOfLines(bytes, lines)), fromByte, path);
}

/**
 * The first line of an attempt's log; null while it is not whole, or when there is no log.
 *
 * @throws SweepError `bad-record` when it is no header
 */
export function readHeader({ events, number }: AttemptPaths): AttemptHeader | null {
  const bytes = readBytes(events, 0, MOST_HEADER_BYTES);
  const { header } = parseLines(bytes.subarray(0, endOfLines(bytes, 1)), 0, events);
  if (header === null || (header.attempt === number && (header.after?.attempt ?? 0) < number))
    return header;
  throw damaged(new Error(`it is of attempt ${header.attempt}, in attempt ${number}`), events);
}

const MOST_HEADER_BYTES = 4096;

/** Only up to the size seen now: a line that is appended meanwhile belongs to the next call. */
function readBytes(path: string, from: number, most = Infinity): Buffer {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (isMissing(error)) return Buffer.alloc(0);
    throw error;
  }
  try {
    return readRange(file, from, Math.min(most, fstatSync(file).size - from));
  } finally {
    closeSync(file);
  }
}

/** Behind the last of so many whole lines. */
function endOfLines(bytes: Buffer, lines: number): number {
  const end = bytes.lastIndexOf(NEWLINE) + 1;
  if (lines === Infinity) return end;
  let at = 0;
  for (let line = 0; line < lines && at < end; line++) at = bytes.indexOf(NEWLINE, at) + 1;
  return at;
}

/** @param bytes whole lines that stand at a byte of the log */
function parseLines(bytes: Buffer, fromByte: number, path: string): LogPart {
  let header: AttemptHeader | null = null;
  const events: RunEvent[] = [];
  for (let start = 0; start < bytes.length;) {
    const stop = endOfSomeLines(bytes, start);
    const lines = bytes.toString('utf8', start, stop).split('\n').slice(0, -1);
    for (const [index, line] of lines.entries()) {
      try {
        if (fromByte + start + index === 0) header = attemptHeaderSchema.parse(JSON.parse(line));
        else events.push(parseEvent(JSON.parse(line)));
      } catch (error) {
        throw damaged(error, `${path}:byte ${fromByte + startOfLine(bytes, start, index)}`);
      }
    }
    start = stop;
  }
  return { header, events, nextByte: fromByte + bytes.length };
}

/** Bytes decoded at once: to cut out each line takes as long as to parse it, and a text cannot be of any length. */
const AT_ONCE = 2 ** 20;

/** Behind as many whole lines as are decoded at once, one at least. */
function endOfSomeLines(bytes: Buffer, start: number): number {
  return (
    Math.max(bytes.indexOf(NEWLINE, start), bytes.lastIndexOf(NEWLINE, start + AT_ONCE - 1)) + 1
  );
}

function startOfLine(bytes: Buffer, from: number, index: number): number {
  let start = from;
  for (let line = 0; line < index; line++) start = bytes.indexOf(NEWLINE, start) + 1;
  return start;
}

function damaged(error: unknown, where: string): SweepError {
  const details = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
  return new SweepError(
    'bad-record',
    {
      where,
      message: `the line is not an event of this version: ${details}`,
      fix: "Delete the run's folder to train it again, or repair the line by hand.",
    },
    { cause: error },
  );
}

/**
 * Writes the events of an attempt.
 *
 * **Durability**: {@link append} returns when the line is on disk, so that nothing is acted on that a crash could
 * still forget. Signs of life (`progress`) are written but not synced: losing one loses nothing. Neither is what is only
 * written by {@link write}, before the next line that is.
 *
 * **Ownership**: one process at a time appends to a log: the worker that claimed the attempt, and when it has provably
 * ended, whoever had launched it.
 */
export class EventLog {
  readonly #file: number;
  #lastSeq: number;
  /** Bytes of the log: nobody else appends to it. */
  #size: number;
  /** Whether all but signs of life is on disk. */
  #isSynced = true;

  private constructor(file: number, lastSeq: number, size: number) {
    this.#file = file;
    this.#lastSeq = lastSeq;
    this.#size = size;
  }

  /**
   * Makes the log of an attempt, which one process can do; without a first line the attempt counts for nothing yet.
   *
   * @returns null when the attempt was claimed by somebody else
   */
  static claim(path: string): EventLog | null {
    try {
      return new EventLog(openSync(path, 'wx+'), 0, 0);
    } catch (error) {
      // File systems call it by different names.
      if (hasCode(error, 'EEXIST') || existsSync(path)) return null;
      throw error;
    }
  }

  /** Opens the log of an attempt that has ended and cuts off a torn last line. @throws SweepError `bad-record` when it is damaged */
  static open(path: string): EventLog {
    const { header, events, nextByte } = readEvents(path);
    const file = openSync(path, 'r+');
    ftruncateSync(file, nextByte);
    return new EventLog(file, events.at(-1)?.seq ?? header?.seq ?? 0, nextByte);
  }

  /** Writes the first line: from here on the attempt counts. */
  begin(header: AttemptHeader): void {
    // What it goes on from is cut off by it: nothing may be built on that before it is on disk.
    this.#writeLines([header], header.after !== null);
    this.#lastSeq = header.seq;
  }

  /** Number of the run's last event, also of earlier attempts; 0 when there is none. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  append(event: NewRunEvent): RunEvent {
    const stamped = this.#stampOne(event);
    this.appendStamped([stamped]);
    return stamped;
  }

  /**
   * {@link append}, while other files are put on disk as well: all of them wait for the disk once instead of one after the
   * other.
   */
  async appendWith(event: NewRunEvent, others: Promise<unknown>): Promise<RunEvent> {
    const end = this.#size;
    const before = this.#lastSeq;
    const stamped = this.#stampOne(event);
    this.#write([stamped]);
    try {
      await Promise.all([syncDescriptor(this.#file), others]);
    } catch (error) {
      ftruncateSync(this.#file, end); // who reads it must not take it for a result
      this.#size = end;
      this.#lastSeq = before;
      throw error;
    }
    this.#isSynced = true;
    return stamped;
  }

  /** Writes an event that need not be on disk before the next one that is appended, or before {@link sync}. */
  write(event: NewRunEvent): void {
    this.#write([this.#stampOne(event)]);
    this.#isSynced = false;
  }

  /** Returns when all that was written is on disk. */
  sync(): void {
    if (this.#isSynced) return;
    fsyncSync(this.#file);
    this.#isSynced = true;
  }

  #stampOne(event: NewRunEvent): RunEvent {
    const [stamped] = this.stamp([event]);
    if (stamped === undefined) throw new Error('one event in, one out');
    return stamped;
  }

  /** Gives events their time and the numbers that come next; nothing is written. */
  stamp(events: readonly NewRunEvent[]): readonly RunEvent[] {
    const time = new Date().toISOString();
    // Parsed before it is written: what this version writes, this version can read.
    return events.map((event, index) =>
      parseEvent({ ...event, seq: this.#lastSeq + 1 + index, time }),
    );
  }

  /** Writes events that were stamped, all of them or none unless the process is killed meanwhile. */
  appendStamped(events: readonly RunEvent[]): void {
    const isNews = events.some(({ type }) => type !== 'progress');
    this.#write(events, isNews);
    if (isNews) this.#isSynced = true;
  }

  #write(events: readonly RunEvent[], syncs = false): void {
    this.#writeLines(events, syncs);
    this.#lastSeq = events.at(-1)?.seq ?? this.#lastSeq;
  }

  #writeLines(list: readonly (AttemptHeader | RunEvent)[], syncs: boolean): void {
    const lines = Buffer.from(list.map((each) => `${JSON.stringify(each)}\n`).join(''));
    const end = this.#size;
    try {
      // A full disk may take a part: the next call then says why.
      for (let done = 0; done < lines.length;)
        done += writeSync(this.#file, lines, done, lines.length - done, end + done);
      if (syncs) fsyncSync(this.#file);
    } catch (error) {
      ftruncateSync(this.#file, end); // half a line would spoil the next one
      throw error;
    }
    this.#size = end + lines.length;
  }

  close(): void {
    closeSync(this.#file);
  }
}

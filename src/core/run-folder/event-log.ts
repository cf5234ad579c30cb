import {
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import { z } from 'zod';
import { messageOf, SweepError } from '../errors.js';
import { syncDescriptor } from './atomic-write.js';
import type { NewRunEvent, RunEvent } from './event.js';
import { parseEvent } from './parse-event.js';

const NEWLINE = 0x0a;

/** Part of a log, and where the next part begins. */
export interface EventPart {
  readonly events: readonly RunEvent[];
  /** Byte after the last complete line. */
  readonly nextByte: number;
}

/**
 * The events in complete lines from a byte on. A last line without its newline is still being written, or was torn
 * when its writer died: it is left for the next call. A damaged line before that is an error.
 *
 * @throws SweepError `bad-record` with the byte of a line that is no event
 */
export function readEvents(path: string, fromByte = 0): EventPart {
  if (!existsSync(path)) return { events: [], nextByte: fromByte };
  const file = openSync(path, 'r');
  try {
    // Read only up to the size seen now: a line that is appended meanwhile belongs to the next call.
    return readOpenLog({ file, path, size: fstatSync(file).size }, fromByte);
  } finally {
    closeSync(file);
  }
}

/** A log that is open. */
interface OpenLog {
  readonly file: number;
  readonly path: string;
  readonly size: number;
}

function readOpenLog({ file, path, size }: OpenLog, fromByte: number): EventPart {
  const bytes = Buffer.alloc(Math.max(0, size - fromByte));
  readSync(file, bytes, 0, bytes.length, fromByte);
  const end = bytes.lastIndexOf(NEWLINE) + 1;
  const events: RunEvent[] = [];
  for (let start = 0; start < end;) {
    const stop = endOfSomeLines(bytes, start);
    const lines = bytes.toString('utf8', start, stop).split('\n').slice(0, -1);
    for (const [index, line] of lines.entries()) {
      try {
        events.push(parseEvent(JSON.parse(line)));
      } catch (error) {
        throw damaged(error, `${path}:byte ${fromByte + startOfLine(bytes, start, index)}`);
      }
    }
    start = stop;
  }
  return { events, nextByte: fromByte + end };
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
 * Writes a run's events.
 *
 * **Durability**: {@link append} returns when the line is on disk, so that nothing is acted on that a crash could
 * still forget. Signs of life (`progress`) are written but not synced: losing one loses nothing. Neither is what is only
 * written by {@link write}, before the next line that is.
 *
 * **Ownership**: one process at a time appends to a log (the holder of the run's lease).
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

  /** Opens or creates a log and cuts off a torn last line. @throws SweepError `bad-record` when it is damaged */
  static open(path: string): EventLog {
    const file = openSync(path, constants.O_RDWR | constants.O_CREAT);
    try {
      const { size } = fstatSync(file);
      const { events, nextByte } = readOpenLog({ file, path, size }, 0);
      if (size > nextByte) ftruncateSync(file, nextByte);
      return new EventLog(file, events.at(-1)?.seq ?? 0, nextByte);
    } catch (error) {
      closeSync(file);
      throw error;
    }
  }

  /** Number of the last event; 0 when there is none. */
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
    const lines = Buffer.from(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
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
    this.#lastSeq = events.at(-1)?.seq ?? this.#lastSeq;
  }

  close(): void {
    closeSync(this.#file);
  }
}

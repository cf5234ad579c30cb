import { statSync } from 'node:fs';
import type { AttemptHeader } from './attempt-header.js';
import { isFollowed, lastAttempt } from './attempts.js';
import type { RunEvent } from './event.js';
import { askWhetherThere } from './exclusive-folder.js';
import { readEvents, readHeader } from './event-log.js';
import { heartbeats } from './heartbeats.js';
import type { AttemptPaths, RunPaths } from './paths.js';

/** An attempt that counts. */
export interface CountedAttempt {
  readonly attempt: AttemptPaths;
  readonly header: AttemptHeader;
  /** How many of its lines count, the first one included; Infinity for the latest attempt. */
  readonly lines: number;
}

/** Up to where the record of a run was read. */
export interface LogCursor {
  /** Number of an attempt; 0 before the first one. */
  readonly attempt: number;
  /** Byte of its log. */
  readonly byte: number;
  /** Number of the last event; 0 when there is none. */
  readonly seq: number;
}

/** Before everything. */
export const LOG_BEGIN: LogCursor = { attempt: 0, byte: 0, seq: 0 };

/** What the record of a run has gained. */
export interface RunLog {
  /** In order, over all attempts that count. */
  readonly events: readonly RunEvent[];
  readonly cursor: LogCursor;
}

/**
 * The record of a run: the events of its attempts that count, as if one worker had written them.
 *
 * The latest attempt with a first line counts; that line names the attempt before it and how much of that one counts, and so
 * on. So there is one truth at any time, whoever writes what into an earlier attempt (docs/decisions/0033-attempts.md).
 *
 * @throws SweepError `bad-record` with the byte of a line that is no event
 */
export function readRunLog(run: RunPaths): RunLog {
  return readFrom(countedAttempts(run), LOG_BEGIN);
}

/** What counted before an attempt was made, for whoever has claimed it. */
export interface EarlierRecord extends RunLog {
  /** The attempt that it ends with; null when there is none. */
  readonly last: CountedAttempt | null;
}

/** {@link readRunLog} without an attempt and what comes after it. */
export function readRecordBefore({ run, number }: AttemptPaths): EarlierRecord {
  const counted = countedAttempts(run, number);
  return { ...readFrom(counted, LOG_BEGIN), last: counted.at(-1) ?? null };
}

/**
 * {@link readRunLog} from a cursor on. Null when what was read before does not count any more: a later attempt cut it off, or
 * the folder is another one.
 */
export function readMoreOfRunLog(run: RunPaths, from: LogCursor): RunLog | null {
  if (from.attempt > 0 && sizeOf(run.attempt(from.attempt).events) < from.byte) return null;
  // The usual case, and a tenth of the work.
  if (from.attempt > 0 && lastAttempt(run, from.attempt) === from.attempt) {
    const { events, nextByte } = readEvents(run.attempt(from.attempt).events, {
      fromByte: from.byte,
    });
    return { events, cursor: { ...from, byte: nextByte, seq: events.at(-1)?.seq ?? from.seq } };
  }
  const counted = countedAttempts(run);
  const place = counted.findIndex(({ attempt }) => attempt.number === from.attempt);
  if (from.attempt > 0 && place === -1) return null;
  const next = counted[place + 1];
  if (next !== undefined && next.header.seq < from.seq) return null;
  return readFrom(counted.slice(Math.max(0, place)), from);
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? -1;
}

/** @param counted from the cursor's attempt on */
function readFrom(counted: readonly CountedAttempt[], from: LogCursor): RunLog {
  const events: RunEvent[] = [];
  let cursor = from;
  for (const { attempt, header, lines } of counted) {
    const isBegun = attempt.number === cursor.attempt;
    const part = readEvents(attempt.events, {
      fromByte: isBegun ? cursor.byte : 0,
      // Each line but the first is an event, and their numbers have no gaps.
      lines: isBegun ? lines - 1 - (cursor.seq - header.seq) : lines,
    });
    for (const event of part.events) events.push(event);
    const seq = part.events.at(-1)?.seq ?? Math.max(cursor.seq, header.seq);
    cursor = { attempt: attempt.number, byte: part.nextByte, seq };
  }
  return { events, cursor };
}

/**
 * The attempts of a run that count, the oldest first.
 *
 * @param before only what counts without this attempt and those after it; the default is all
 */
export function countedAttempts(run: RunPaths, before: number = Infinity): CountedAttempt[] {
  const counted: CountedAttempt[] = [];
  let number = before === Infinity ? lastAttempt(run) : before - 1;
  let lines = Infinity;
  while (number > 0) {
    const attempt = run.attempt(number);
    const isToBeSure = before !== Infinity;
    const header =
      readHeader(attempt) ??
      // What is cut off by mistake is lost: a client may remember that there was no such file.
      (isToBeSure && askWhetherThere(attempt.events) ? readHeader(attempt) : null);
    if (header === null) {
      // The one that another goes on from is gone, and with it what came before: `sweep db check` says so.
      if (counted.length > 0) break;
      // Nobody has claimed it, or who did died before it wrote a line: the one before it still counts.
      number -= 1;
      continue;
    }
    counted.unshift({ attempt, header, lines });
    if (header.after === null) break;
    number = header.after.attempt;
    lines = header.after.line;
  }
  return counted;
}

/**
 * Whether somebody may be about to cut off what an attempt has written by now: a later attempt was claimed, and its worker
 * may have read this one before. One that nobody has claimed yet reads it when somebody does.
 */
export function mayBeCutOff(run: RunPaths, number: number): boolean {
  if (!isFollowed(run, run.attempt(number))) return false;
  const last = lastAttempt(run, number);
  for (let later = number + 1; later <= last; later++) {
    const attempt = run.attempt(later);
    // A worker takes its lease between claiming an attempt and reading what was before.
    if (readHeader(attempt) !== null || heartbeats.look(attempt.lease).life !== 'gone') return true;
  }
  return false;
}

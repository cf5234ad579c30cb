import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { isMissing } from '../errors.js';
import { copyFileWhole, findLeftovers, syncFile } from './atomic-write.js';
import { finishCommit, isWrittenToAttempt, takeOverCommit } from './commit.js';
import { filesBelow } from './disk-space.js';
import type { RunEvent } from './event.js';
import { type EventLog, readEvents, readHeader } from './event-log.js';
import { lookAtProcess } from './holder.js';
import { readLeaseFile } from './lease.js';
import type { AttemptPaths, RunPaths } from './paths.js';
import { type EarlierRecord, readRecordBefore } from './run-log.js';
import { isOutcome } from './run-state.js';

/**
 * Begins an attempt that this process has claimed: says which earlier attempt it goes on from and up to which line, takes over
 * what that one had begun to put on record, and its checkpoints. Nothing is written into the folder of an earlier attempt.
 *
 * Killed between any two steps, the next attempt finds all of it.
 *
 * @param before what counts of the attempts before it
 * @returns the run's record so far
 */
export function beginAttempt(
  log: EventLog,
  attempt: AttemptPaths,
  before: EarlierRecord = readRecordBefore(attempt),
): readonly RunEvent[] {
  const { last, cursor } = before;
  const checkpoints = findCheckpoints(attempt.run, attempt.number - 1);
  if (last !== null) {
    const handover = { from: last.attempt, checkpoints: checkpoints ?? last.attempt };
    takeOverCommit({ ...handover, lastSeq: cursor.seq }, attempt);
    // What the first line names must be there when that is.
    syncFile(last.attempt.events);
  }
  log.begin({
    type: 'attempt',
    attempt: attempt.number,
    after:
      last === null
        ? null
        : // Its first line, and then a line for each event.
          { attempt: last.attempt.number, line: 1 + cursor.seq - last.header.seq },
    seq: cursor.seq,
    time: new Date().toISOString(),
  });
  if (checkpoints !== null) takeOverCheckpoints(checkpoints, attempt, before);
  finishCommit(log, attempt);
  return [...before.events, ...readEvents(attempt.events).events];
}

/** The latest attempt that has a folder of checkpoints, among the first so many. Each attempt takes it over whole. */
export function findCheckpoints(run: RunPaths, among: number): AttemptPaths | null {
  for (let number = among; number > 0; number--) {
    const attempt = run.attempt(number);
    if (existsSync(attempt.checkpoints)) return attempt;
  }
  return null;
}

/** Moved from an attempt that has provably ended; copied from one that may still write. */
function takeOverCheckpoints(from: AttemptPaths, to: AttemptPaths, before: EarlierRecord): void {
  if (hasProvablyEnded(from, before)) renameSync(from.checkpoints, to.checkpoints);
  else copyFolder(from.checkpoints, to.checkpoints);
  removeLeftovers(to);
}

/** Whether the worker of an attempt will never write again: by its own word, or because its process was seen to be gone. */
function hasProvablyEnded(attempt: AttemptPaths, { last, events, cursor }: EarlierRecord): boolean {
  const end = last !== null && cursor.seq > last.header.seq ? events.at(-1) : undefined;
  if (last?.attempt.number === attempt.number && end !== undefined && isOutcome(end)) return true;
  const file = readLeaseFile(attempt.lease);
  // It gives its lease back when it ends, and takes it before it writes its first line.
  if (file === null) return readHeader(attempt) !== null;
  return file.lease !== null && lookAtProcess(file.lease.holder) === 'gone';
}

/** As a whole or not at all. What its writer removes meanwhile is left out: it was about to be replaced. */
function copyFolder(from: string, to: string): void {
  const staged = `${to}.0`;
  rmSync(staged, { recursive: true, force: true });
  for (const file of filesBelow(from)) {
    const copy = join(staged, relative(from, file));
    mkdirSync(dirname(copy), { recursive: true });
    try {
      copyFileWhole(file, copy);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }
  if (existsSync(staged)) renameSync(staged, to);
}

/** Removes what a killed worker left of files that it was writing. For whoever owns the attempt. */
export function removeLeftovers({ folder, checkpoints }: AttemptPaths): void {
  for (const each of [folder, checkpoints].filter((path) => existsSync(path)))
    for (const name of findLeftovers(each, isWrittenToAttempt))
      rmSync(join(each, name), { recursive: true, force: true });
}

import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { ModelConfig } from '../config/run-schema.js';
import {
  copyFileWhole,
  findLeftovers,
  keepAs,
  syncFolder,
  writeFileWhole,
} from './atomic-write.js';
import { type Checkpoint, encodeCheckpoint, hashCheckpoint } from './checkpoint.js';
import { eventSchema, type NewRunEvent } from './event.js';
import { EventLog } from './event-log.js';
import { isImprovementFile, keepReplacedBest, pruneImprovements } from './improvements.js';
import { runPaths, type RunPaths } from './paths.js';
import { readRetention } from './retention.js';

/**
 * Putting several things on record at once, whatever kills the process meanwhile.
 *
 * An epoch is its events and its checkpoint: with one of them missing, a worker that goes on would report the epoch
 * again, or never. So the events are first written to `commit.json`; then the new `checkpoint-last` takes its name,
 * which one system call does or does not; then the events go to the log. Whoever opens the log next finds
 * `commit.json`, sees from the checkpoint whether it happened, and either finishes the job or forgets it.
 */
const commitSchema = z.strictObject({
  /** SHA-256 of the `checkpoint-last` with which it has happened; null when this file alone decides. */
  checkpoint: z.string().nullable(),
  /** Whether that checkpoint is also the best. */
  isBest: z.boolean(),
  events: z.array(eventSchema),
});
type Commit = z.infer<typeof commitSchema>;

/** An epoch as it goes on record. */
export interface EpochCommit {
  readonly checkpoint: Checkpoint;
  /** Whether it is the best so far. */
  readonly isBest: boolean;
  /** What is to be told of the epoch, without its checkpoints. */
  readonly events: readonly NewRunEvent[];
}

/** Opens a run's log, and finishes what a killed worker had begun to put on record. For the holder of the run's lease. */
export function openRunLog(paths: RunPaths): EventLog {
  const log = EventLog.open(paths.events);
  for (const entry of findLeftovers(paths.folder, isWrittenByWorkers))
    rmSync(join(paths.folder, entry), { force: true });
  finishCommit(log, paths);
  return log;
}

const NAMES = runPaths('');
const WRITTEN = [
  ...[NAMES.runFile, NAMES.commit, NAMES.lease],
  ...[NAMES.checkpointLast, NAMES.checkpointBest, NAMES.checkpointPrevious],
].map((path) => basename(path));

/** Whether a name in a run's folder is of a file that only the holder of its lease writes. */
export function isWrittenByWorkers(name: string): boolean {
  return WRITTEN.includes(name) || isImprovementFile(name);
}

/**
 * Finishes or forgets what was begun to be put on record and was interrupted, by a kill or by a full disk. Nothing else
 * may go to the log before: the events that are waiting have their numbers already.
 */
export function finishCommit(log: EventLog, paths: RunPaths): void {
  if (!existsSync(paths.commit)) return;
  const commit = readCommit(paths.commit);
  if (commit !== null && hasHappened(commit, paths)) finish(log, paths, commit);
  rmSync(paths.commit, { force: true });
}

/** Puts an epoch on record: its checkpoints and its events are there when the call returns. */
export function commitEpoch(
  log: EventLog,
  paths: RunPaths,
  model: ModelConfig,
  { checkpoint, isBest, events }: EpochCommit,
): void {
  const { file, bytes, sha256 } = encodeCheckpoint(model, checkpoint);
  const kinds = isBest ? (['best', 'last'] as const) : (['last'] as const);
  const written = kinds.map((kind): NewRunEvent => {
    const name = `checkpoint-${kind}.safetensors`;
    return { type: 'checkpoint', kind, epoch: checkpoint.epoch, file: name, bytes, sha256 };
  });
  log.sync(); // the numbers of what follows count on it
  const commit = { checkpoint: sha256, isBest, events: [...log.stamp([...events, ...written])] };
  writeCommit(paths, commit);
  if (existsSync(paths.checkpointLast)) keepAs(paths.checkpointLast, paths.checkpointPrevious);
  writeFileWhole(paths.checkpointLast, file); // from here on it has happened
  finish(log, paths, commit);
}

/** Puts events on record together: all are there when the call returns. */
export function commitEvents(log: EventLog, paths: RunPaths, events: readonly NewRunEvent[]): void {
  log.sync();
  const commit = { checkpoint: null, isBest: false, events: [...log.stamp(events)] };
  writeCommit(paths, commit);
  finish(log, paths, commit);
}

/** Removes what only a run that goes on needs, and checkpoints that nobody wants of a finished one. */
export function tidyFinishedRun(paths: RunPaths): void {
  const names = readdirSync(paths.folder); // one look at all: of a short run nothing of it is there
  const isThere = (path: string): boolean => names.includes(basename(path));
  for (const file of [paths.checkpointPrevious, paths.stopRequest, paths.retryRequest])
    if (isThere(file)) rmSync(file, { force: true });
  if (isThere(paths.checkpointBest) && readRetention(paths) === 'best')
    rmSync(paths.checkpointLast, { force: true });
  if (names.some(isImprovementFile)) pruneImprovements(paths);
}

/** Doing it twice is the same as once. */
function finish(log: EventLog, paths: RunPaths, { isBest, events }: Commit): void {
  if (isBest) {
    keepReplacedBest(paths);
    copyFileWhole(paths.checkpointLast, paths.checkpointBest);
    pruneImprovements(paths);
  }
  syncFolder(paths.folder);
  const missing = events.filter(({ seq }) => seq > log.lastSeq);
  // A power cut may have taken signs of life before them: then they move up, for numbers have no gaps.
  log.appendStamped(missing.map((event, index) => ({ ...event, seq: log.lastSeq + 1 + index })));
  rmSync(paths.commit, { force: true });
}

function hasHappened({ checkpoint }: Commit, paths: RunPaths): boolean {
  if (checkpoint === null) return true;
  if (!existsSync(paths.checkpointLast)) return false;
  return hashCheckpoint(readFileSync(paths.checkpointLast)) === checkpoint;
}

function writeCommit(paths: RunPaths, commit: Commit): void {
  writeFileWhole(paths.commit, JSON.stringify(commit));
}

/** Null for one that no version of this program wrote: then nothing was begun. */
function readCommit(path: string): Commit | null {
  try {
    return commitSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null; // it is written whole, so it is not ours
  }
}

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import type { ModelConfig } from '../config/run-schema.js';
import { copyFileWhole, keepAs, syncFolder, writeFileWhole } from './atomic-write.js';
import { type Checkpoint, encodeCheckpoint, hashCheckpoint } from './checkpoint.js';
import { eventSchema, type NewRunEvent, type RunEvent } from './event.js';
import type { EventLog } from './event-log.js';
import { isImprovementFile, keepReplacedBest, pruneImprovements } from './improvements.js';
import { type AttemptPaths, checkpointFile } from './paths.js';
import { readText } from './read-text.js';
import { readRetention } from './retention.js';

/**
 * Putting several things on record at once, whatever kills the process meanwhile.
 *
 * An epoch is its events and its checkpoint: with one of them missing, a worker that goes on would report the epoch
 * again, or never. So the events are first written to `commit.json`; then the new last checkpoint takes its name,
 * which one system call does or does not; then the events go to the log. Whoever goes on finds `commit.json`, sees from the
 * checkpoint whether it happened, and either finishes the job or forgets it: in the same attempt when its worker has
 * provably ended, else in the next one.
 */
const commitSchema = z.strictObject({
  /** SHA-256 of the last checkpoint with which it has happened; null when this file alone decides. */
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

/**
 * Finishes or forgets what was begun to be put on record and was interrupted, by a kill or by a full disk. Nothing else
 * may go to the log before: the events that are waiting have their numbers already.
 */
export function finishCommit(log: EventLog, attempt: AttemptPaths): void {
  const commit = readCommit(attempt);
  if (commit !== null && hasHappened(commit, attempt)) finish(log, attempt, commit);
  rmSync(attempt.commit, { force: true });
}

/** What an attempt is to take over. */
export interface CommitHandover {
  /** Whose commit it is. */
  readonly from: AttemptPaths;
  /** Where its checkpoints are by now. */
  readonly checkpoints: AttemptPaths;
  /** Number of its last event that counts. */
  readonly lastSeq: number;
}

/**
 * Takes over what an earlier attempt had begun to put on record and has not in its log, so that {@link finishCommit} does
 * it here: nothing is written into the folder of that attempt.
 */
export function takeOverCommit(
  { from, checkpoints, lastSeq }: CommitHandover,
  to: AttemptPaths,
): void {
  const commit = readCommit(from);
  if (commit === null || !hasHappened(commit, checkpoints)) return;
  const events = missingEvents(commit, lastSeq);
  if (events.length > 0) writeCommit(to, { ...commit, events: [...events] });
}

/** Puts an epoch on record: its checkpoints and its events are there when the call returns. */
export function commitEpoch(
  log: EventLog,
  attempt: AttemptPaths,
  model: ModelConfig,
  { checkpoint, isBest, events }: EpochCommit,
): void {
  const { file, bytes, sha256 } = encodeCheckpoint(model, checkpoint);
  const kinds = isBest ? (['best', 'last'] as const) : (['last'] as const);
  const written = kinds.map((kind): NewRunEvent => {
    const { epoch } = checkpoint;
    return { type: 'checkpoint', kind, epoch, file: checkpointFile(kind), bytes, sha256 };
  });
  log.sync(); // the numbers of what follows count on it
  const commit = { checkpoint: sha256, isBest, events: [...log.stamp([...events, ...written])] };
  writeCommit(attempt, commit);
  const { checkpoints, checkpointLast, checkpointPrevious } = attempt;
  if (existsSync(checkpointLast)) keepAs(checkpointLast, checkpointPrevious);
  else mkdirSync(checkpoints, { recursive: true });
  writeFileWhole(checkpointLast, file); // from here on it has happened
  finish(log, attempt, commit);
}

/** Puts events on record together: all are there when the call returns. */
export function commitEvents(
  log: EventLog,
  attempt: AttemptPaths,
  events: readonly NewRunEvent[],
): void {
  log.sync();
  const commit = { checkpoint: null, isBest: false, events: [...log.stamp(events)] };
  writeCommit(attempt, commit);
  finish(log, attempt, commit);
}

const WRITTEN = ['launch.json', 'commit.json', 'lease.json', 'checkpoint'];
const CHECKPOINTS = ['last', 'best', 'previous'].map((kind) => `${kind}.safetensors`);

/** Whether a name in an attempt's folder, or among its checkpoints, is of something that its worker writes. */
export function isWrittenToAttempt(name: string): boolean {
  return WRITTEN.includes(name) || CHECKPOINTS.includes(name) || isImprovementFile(name);
}

/** Removes what only a run that goes on needs, and checkpoints that nobody wants of a finished one. */
export function tidyFinishedAttempt(attempt: AttemptPaths): void {
  const names = readdirSync(attempt.folder); // one look at all: of a short run nothing of it is there
  if (names.includes(basename(attempt.launch))) rmSync(attempt.launch, { force: true });
  if (!names.includes(basename(attempt.checkpoints))) return;
  rmSync(attempt.checkpointPrevious, { force: true });
  if (existsSync(attempt.checkpointBest) && readRetention(attempt.run) === 'best')
    rmSync(attempt.checkpointLast, { force: true });
  if (readdirSync(attempt.checkpoints).some(isImprovementFile)) pruneImprovements(attempt);
}

/** Doing it twice is the same as once. */
function finish(log: EventLog, attempt: AttemptPaths, commit: Commit): void {
  if (commit.isBest) {
    keepReplacedBest(attempt);
    copyFileWhole(attempt.checkpointLast, attempt.checkpointBest);
    pruneImprovements(attempt);
  }
  if (commit.checkpoint !== null) syncFolder(attempt.checkpoints);
  syncFolder(attempt.folder);
  log.appendStamped(missingEvents(commit, log.lastSeq));
  rmSync(attempt.commit, { force: true });
}

/** A power cut may have taken signs of life before them: then they move up, for numbers have no gaps. */
function missingEvents({ events }: Commit, lastSeq: number): readonly RunEvent[] {
  const missing = events.filter(({ seq }) => seq > lastSeq);
  return missing.map((event, index) => ({ ...event, seq: lastSeq + 1 + index }));
}

function hasHappened({ checkpoint }: Commit, { checkpointLast }: AttemptPaths): boolean {
  if (checkpoint === null) return true;
  if (!existsSync(checkpointLast)) return false;
  return hashCheckpoint(readFileSync(checkpointLast)) === checkpoint;
}

function writeCommit(attempt: AttemptPaths, commit: Commit): void {
  writeFileWhole(attempt.commit, JSON.stringify(commit));
}

/** Null when there is none, and for one that no version of this program wrote: then nothing was begun. */
function readCommit({ commit }: AttemptPaths): Commit | null {
  const text = readText(commit);
  if (text === null) return null;
  try {
    return commitSchema.parse(JSON.parse(text));
  } catch {
    return null; // it is written whole, so it is not ours
  }
}

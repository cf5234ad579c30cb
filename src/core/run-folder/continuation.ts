import { existsSync, readFileSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import type { ModelConfig } from '../config/run-schema.js';
import { messageOf } from '../errors.js';
import { copyFileWhole } from './atomic-write.js';
import { type Checkpoint, decodeCheckpoint, hashCheckpoint } from './checkpoint.js';
import type { RunEvent } from './event.js';
import { dropImprovementsFrom } from './improvements.js';
import type { AttemptPaths } from './paths.js';

/** Where a run goes on. */
export interface Continuation {
  /** Null: from its beginning. */
  readonly checkpoint: Checkpoint | null;
  /** What a user should know about it: checkpoints that could not be used, and what was done instead. */
  readonly notices: readonly string[];
}

/** What a checkpoint is checked against. */
export interface ContinuationRequest {
  /** The attempt that goes on; it has the checkpoints of the one before it. */
  readonly paths: AttemptPaths;
  readonly model: ModelConfig;
  readonly runKey: string;
  /** The run's record, as far as it counts: a checkpoint that it does not name is not gone on from. */
  readonly events: readonly RunEvent[];
}

/**
 * The latest checkpoint that is whole: `checkpoint-last`, else the later of the best and the one before. It is whole
 * when its bytes have the hash that the log names, so that a flipped bit is found too. The best checkpoint is mended
 * from another one where that is possible; where it is not, the run begins anew, because its result would be another.
 *
 * Going on from an earlier checkpoint ends with the same result: the epochs after it are trained again, alike.
 */
export function findContinuation(request: ContinuationRequest): Continuation {
  const { paths, events } = request;
  const known = new Set(
    events.flatMap((event) => (event.type === 'checkpoint' ? [event.sha256] : [])),
  );
  const notices: string[] = [];
  const read = (path: string): Checkpoint | null => {
    const found = readWhole(path, known, request);
    if (typeof found !== 'string') return found;
    notices.push(`${basename(path)} cannot be used: ${found}`);
    return null;
  };

  const best = read(paths.checkpointBest);
  const last = read(paths.checkpointLast);
  // Where the last is whole, the one before it need not be looked at.
  const previous = last === null ? read(paths.checkpointPrevious) : null;
  const candidates = [
    { path: paths.checkpointLast, checkpoint: last },
    { path: paths.checkpointBest, checkpoint: best },
    { path: paths.checkpointPrevious, checkpoint: previous },
  ].toSorted((a, b) => (b.checkpoint?.epoch ?? -1) - (a.checkpoint?.epoch ?? -1));
  for (const { path, checkpoint } of candidates) {
    if (checkpoint === null || !hasItsBest(checkpoint, path, best, paths)) continue;
    dropImprovementsFrom(paths, checkpoint.bestEpoch);
    if (notices.length > 0)
      notices.push(`it goes on after epoch ${checkpoint.epoch}, from ${basename(path)}`);
    return { checkpoint, notices };
  }
  // The log knows of a checkpoint and there is none: somebody removed it.
  if (known.size > 0 && notices.length === 0) notices.push('its checkpoints are gone');
  if (notices.length > 0) notices.push('it begins anew');
  rmSync(paths.checkpointBest, { force: true }); // of no run, or of one that begins anew
  dropImprovementsFrom(paths, 0);
  return { checkpoint: null, notices };
}

/** Whether the best model at the time of a checkpoint is there, if need be made from that checkpoint itself. */
function hasItsBest(
  { epoch, bestEpoch }: Checkpoint,
  path: string,
  best: Checkpoint | null,
  paths: AttemptPaths,
): boolean {
  if (best?.epoch === bestEpoch) return true;
  if (epoch !== bestEpoch) return false;
  copyFileWhole(path, paths.checkpointBest);
  return true;
}

/** The checkpoint in a file, null when there is none, or why it cannot be used. */
function readWhole(
  path: string,
  known: ReadonlySet<string>,
  { model, runKey }: ContinuationRequest,
): Checkpoint | null | string {
  if (!existsSync(path)) return null;
  try {
    const file = readFileSync(path);
    if (known.has(hashCheckpoint(file))) return decodeCheckpoint(file, path, model, runKey);
    decodeCheckpoint(file, path, model, runKey); // says better what is wrong, if it is more than a few bits
    return 'its content is not what was written';
  } catch (error) {
    return reasonOf(error, path);
  }
}

/** The first line of a message, without the path that the notice names already. */
function reasonOf(error: unknown, path: string): string {
  const [line = ''] = messageOf(error).split('\n');
  return line.replace(`${path}  `, '');
}

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { modelSchema } from '../../../src/core/config/run-schema.js';
import { initialiseParameters } from '../../../src/core/model/initialise.js';
import {
  copyFileWhole,
  keepAs,
  writeFileWhole,
} from '../../../src/core/run-folder/atomic-write.js';
import {
  type Checkpoint,
  encodeCheckpoint,
  hashCheckpoint,
} from '../../../src/core/run-folder/checkpoint.js';
import {
  commitEpoch,
  finishCommit,
  tidyFinishedAttempt,
} from '../../../src/core/run-folder/commit.js';
import { type Continuation, findContinuation } from '../../../src/core/run-folder/continuation.js';
import { EventLog } from '../../../src/core/run-folder/event-log.js';
import { keepReplacedBest, pruneImprovements } from '../../../src/core/run-folder/improvements.js';
import {
  type AttemptPaths,
  checkpointFile,
  type RunPaths,
  runPaths,
} from '../../../src/core/run-folder/paths.js';
import { readRunLog } from '../../../src/core/run-folder/run-log.js';
import { lastAttempt } from '../../../src/core/run-folder/attempts.js';
import { openAttempt } from '../../support/open-attempt.js';
import { type Retention, writeRetention } from '../../../src/core/run-folder/retention.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const model = modelSchema.parse({ tokens: 4, embedding: 2, neurons: 1, heads: 1, blocks: 1 });
const runKey = 'a'.repeat(64);

/** Whether each epoch improves; the first one does. */
type Course = readonly boolean[];

function checkpointOf(course: Course, epoch: number): Checkpoint {
  const parameters = initialiseParameters(model, epoch);
  const bestEpoch = course.slice(0, epoch + 1).lastIndexOf(true);
  const moments = { firstMoments: parameters, secondMoments: parameters };
  return { runKey, epoch, step: epoch, bestEpoch, bestNll: 1, parameters, ...moments };
}

function newRun(keep: Retention): RunPaths {
  const paths = runPaths(temporaryFolder());
  mkdirSync(paths.folder, { recursive: true });
  writeRetention(paths, keep);
  return paths;
}

/** Trains in an attempt of its own. */
function train(run: RunPaths, course: Course, from: number, to: number): void {
  const { attempt, log } = openAttempt(run);
  for (let epoch = from; epoch < to; epoch++)
    commitEpoch(log, attempt, model, {
      checkpoint: checkpointOf(course, epoch),
      isBest: course[epoch]!,
      events: [],
    });
  log.close();
}

function current(run: RunPaths): AttemptPaths {
  return run.attempt(lastAttempt(run));
}

/** Begins to put an epoch on record, and dies after so many of its stages. */
function dieIn(run: RunPaths, course: Course, epoch: number, stages: number): void {
  const paths = current(run);
  const { file, sha256 } = encodeCheckpoint(model, checkpointOf(course, epoch));
  const isBest = course[epoch]!;
  const log = EventLog.open(paths.events);
  const events = log.stamp(
    (isBest ? (['best', 'last'] as const) : (['last'] as const)).map((kind) => {
      const name = checkpointFile(kind);
      return { type: 'checkpoint', kind, epoch, file: name, bytes: file.length, sha256 };
    }),
  );
  log.close();
  const work = [
    () => {
      writeFileWhole(paths.commit, JSON.stringify({ checkpoint: sha256, isBest, events }));
    },
    () => {
      if (epoch > 0) keepAs(paths.checkpointLast, paths.checkpointPrevious);
    },
    () => {
      writeFileWhole(paths.checkpointLast, file);
    },
    () => {
      if (isBest) keepReplacedBest(paths);
    },
    () => {
      if (isBest) copyFileWhole(paths.checkpointLast, paths.checkpointBest);
    },
    () => {
      if (isBest) pruneImprovements(paths);
    },
  ];
  for (const stage of work.slice(0, stages)) stage();
}

/** How a run goes on: in the attempt that was interrupted, or in the next one. */
type Way = 'inside' | 'next';

function goOn(run: RunPaths, way: Way): Continuation {
  if (way === 'inside') {
    const log = EventLog.open(current(run).events);
    finishCommit(log, current(run));
    log.close();
  } else openAttempt(run).log.close();
  const { events } = readRunLog(run);
  return findContinuation({ paths: current(run), model, runKey, events });
}

/** Names and hashes of the checkpoints. */
function checkpoints(run: RunPaths): [string, string][] {
  const { checkpoints: folder } = current(run);
  const all = readdirSync(folder);
  return all.sort().map((name) => [name, hashCheckpoint(readFileSync(join(folder, name)))]);
}

const names = (paths: RunPaths): string[] => checkpoints(paths).map(([name]) => name);

/** Improves at 0, 1, 3, 4 and 6 of eight epochs. */
const COURSE = [true, true, false, true, true, false, true, false];
const BEST = 'best.safetensors';
const LAST = 'last.safetensors';

test.each<[Retention, string[]]>([
  ['best', [BEST]],
  ['last', [BEST, LAST]],
  [1, [BEST, LAST]],
  [3, [BEST, ...[3, 4].map((epoch) => `epoch-${epoch}.safetensors`), LAST]],
  ['improvements', [BEST, ...[0, 1, 3, 4].map((epoch) => `epoch-${epoch}.safetensors`), LAST]],
])('of a finished run with keep: %s these checkpoints stay', (keep, expected) => {
  const paths = newRun(keep);
  train(paths, COURSE, 0, COURSE.length);
  expect(names(paths)).toContain('previous.safetensors'); // it could still go on
  expect(names(paths)).toContain(LAST);
  tidyFinishedAttempt(current(paths));
  expect(names(paths)).toEqual(expected);
  for (const [name, hash] of checkpoints(paths)) {
    const kept = name === BEST ? 6 : name === LAST ? 7 : Number(/\d+/.exec(name)![0]);
    expect(hash).toBe(encodeCheckpoint(model, checkpointOf(COURSE, kept)).sha256);
  }
});

test('a run that is killed anywhere in an epoch ends with the checkpoints of one that was not', () => {
  const keep = fc.constantFrom<Retention>('best', 'last', 2, 3, 'improvements');
  const way = fc.constantFrom<Way>('inside', 'next');
  const later = fc.array(fc.boolean(), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(keep, later, fc.nat(), fc.nat({ max: 6 }), way, (wanted, rest, at, stages, how) => {
      const course = [true, ...rest];
      const killed = at % course.length;
      const [untouched, paths] = [newRun(wanted), newRun(wanted)];
      train(untouched, course, 0, course.length);
      train(paths, course, 0, killed);
      dieIn(paths, course, killed, stages);
      const { checkpoint, notices } = goOn(paths, how);
      const next = (checkpoint?.epoch ?? -1) + 1;
      expect([next, notices]).toEqual([stages < 3 ? killed : killed + 1, []]);
      train(paths, course, next, course.length);
      expect(checkpoints(paths)).toEqual(checkpoints(untouched));
      for (const run of [untouched, paths]) tidyFinishedAttempt(current(run));
      expect(checkpoints(paths)).toEqual(checkpoints(untouched));
    }),
    { numRuns: 25 },
  );
});

test('a run that goes on from an earlier checkpoint has no models of epochs that are still to come', () => {
  const paths = newRun('improvements');
  train(paths, COURSE, 0, 7);
  const { checkpointLast, checkpointBest } = current(paths);
  for (const file of [checkpointLast, checkpointBest]) writeFileSync(file, 'damaged');
  const { checkpoint, notices } = goOn(paths, 'next'); // nothing that has its best
  expect(checkpoint).toBeNull();
  expect(notices.at(-1)).toBe('it begins anew');
  expect(names(paths).filter((name) => name.includes('epoch'))).toEqual([]);
});

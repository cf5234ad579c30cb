import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RunConfig } from '../config/run-schema.js';
import { isDeviceLost } from '../engine/device-lost.js';
import { messageOf, SweepError } from '../errors.js';
import { syncLater } from '../run-folder/atomic-write.js';
import { createAttempt, isFollowed, lastAttempt } from '../run-folder/attempts.js';
import { beginAttempt } from '../run-folder/begin-attempt.js';
import { encodeNumber, type NewRunEvent, type RunEvent } from '../run-folder/event.js';
import {
  commitEpoch,
  commitEvents,
  finishCommit,
  tidyFinishedAttempt,
} from '../run-folder/commit.js';
import { newOwner } from '../run-folder/exclusive-folder.js';
import { EventLog } from '../run-folder/event-log.js';
import { holdWorkerLease } from '../run-folder/hold-lease.js';
import { describeHolder } from '../run-folder/holder.js';
import { type AttemptPaths, resultsPaths, type RunPaths, runPaths } from '../run-folder/paths.js';
import { readRunFile, type RunFile } from '../run-folder/run-file.js';
import { readRecordBefore } from '../run-folder/run-log.js';
import { findHolder, isFinal, outcomeOf } from '../run-folder/run-state.js';
import { steadyMs } from '../run-folder/steady-clock.js';
import { isDiskFull, storageProblem } from '../run-folder/storage-problem.js';
import { checkActual } from './check-actual.js';
import { describeEnvironment } from './environment.js';
import { type StopRequestWatch, watchStopRequest } from './obey-stop-request.js';
import { createTrainer } from './select-trainer.js';
import type { Trainer, TrainerContext } from './trainer.js';

/** What a launcher tells a worker. */
export interface WorkOrder {
  /** The run's folder, `<results>/runs/<id>`. */
  readonly folder: string;
  /** The attempt that was made for it; null where it makes one by itself. */
  readonly attempt: number | null;
  readonly threads: number;
  readonly device: string;
  /** Called when a run with a result needs this process no longer: what is left is to wait for the disk. */
  readonly onWritten?: () => void;
}

/** How an attempt ended: by its closing event, or because another one took the run over. */
export type AttemptEnd = 'completed' | 'diverged' | 'failed' | 'stopped' | 'taken-over';

/** Another attempt at the run was made: nothing more is written by this one. */
class TakenOver extends Error {}

/**
 * Does one attempt of a run: claims it, starts or continues, and closes the log with how it ended.
 *
 * @param create what trains
 * @throws SweepError `bad-record` when the folder cannot be read, `busy` when another worker holds the run
 */
export async function doRun(
  order: WorkOrder,
  signal: AbortSignal,
  create: (config: RunConfig) => Trainer = createTrainer,
): Promise<AttemptEnd> {
  const runFolder = runPaths(order.folder);
  const run = readRunFile(runFolder.runFile);
  // Whoever planned many runs did not wait for each.
  const runFileSynced = syncLater(runFolder.runFile, 'file');
  const { attempt, log } = claimAttempt(runFolder, run, order.attempt);
  const takenOver = new AbortController();
  const lease = holdWorkerLease({
    path: attempt.lease,
    isFollowed: () => isFollowed(runFolder, attempt),
    onFollowed: () => {
      takenOver.abort(new TakenOver('another attempt at the run was made'));
    },
  });
  const requests = watchStopRequest(attempt, AbortSignal.any([signal, takenOver.signal]));
  try {
    const before = readRecordBefore(attempt);
    const earlierOutcome = outcomeOf(before.events);
    if (isFinal(earlierOutcome)) {
      rmSync(attempt.events); // nothing is left to do
      return earlierOutcome;
    }
    const earlier = beginAttempt(log, attempt, before);
    const outcome = outcomeOf(earlier);
    // Killed when all was on record but this.
    if (isFinal(outcome)) {
      tidyFinishedAttempt(attempt);
      return outcome;
    }
    const fence = createFence(attempt);
    fence.check();
    const { events, end } = await attemptRun(
      create(run.config),
      createContext(order, run, { attempt, log, earlier, requests, lease, fence }),
    );
    fence.check();
    if (events.length > 0) {
      await runFileSynced;
      commitEvents(log, attempt, [...events, end]);
    } else {
      if (!isFinal(end.type)) finishCommit(log, attempt); // if the disk was full in the middle of an epoch's
      // One line needs least room.
      const onDisk = log.appendWith(end, Promise.all([runFileSynced, ...namesSynced(attempt)]));
      if (isFinal(end.type)) order.onWritten?.();
      await onDisk;
    }
    // Whoever made another attempt before this line was there has not seen it: then it does not count.
    if (isFollowed(runFolder, attempt)) return 'taken-over';
    if (isFinal(end.type)) tidyFinishedAttempt(attempt);
    return end.type;
  } catch (error) {
    if (error instanceof TakenOver) return 'taken-over';
    throw error;
  } finally {
    requests.dispose();
    log.close();
    lease.release();
  }
}

/** An attempt that this process has claimed. */
interface Claim {
  readonly attempt: AttemptPaths;
  readonly log: EventLog;
}

/** Claims the attempt that was made for this process, else the next one. @throws SweepError `busy` */
function claimAttempt(paths: RunPaths, { id }: RunFile, launched: number | null): Claim {
  if (launched !== null) {
    const attempt = paths.attempt(launched);
    const log = EventLog.claim(attempt.events);
    if (log !== null) return { attempt, log };
  }
  const holder = findHolder(paths, lastAttempt(paths));
  if (holder !== null)
    throw new SweepError('busy', {
      where: `run ${id}`,
      message: `${holder.lease === null ? 'a process of another version of sweep' : describeHolder(holder.lease.holder)} already works on it`,
    });
  const owner = newOwner();
  for (;;) {
    const attempt = createAttempt(paths, { owner, coordinator: null });
    const log = EventLog.claim(attempt.events);
    if (log !== null) return { attempt, log };
  }
}

/** The names of an attempt's files, of its folder and of the run's: a log is on disk only when they are. */
function namesSynced({ folder, run }: AttemptPaths): readonly Promise<void>[] {
  return [folder, run.attempts, run.folder].map((path) => syncLater(path, 'folder'));
}

/** Keeps a process that was suspended from writing what would count for nothing. @throws TakenOver */
interface Fence {
  readonly check: () => void;
  /** Only if it was not looked for some time: between two writes that follow each other nobody takes over. */
  readonly checkAfterGap: () => void;
}

const GAP_MS = 1_000;

function createFence({ run, number }: AttemptPaths): Fence {
  let checkedMs = steadyMs();
  const check = (): void => {
    checkedMs = steadyMs();
    if (lastAttempt(run, number) > number)
      throw new TakenOver('another attempt at the run was made');
  };
  return {
    check,
    checkAfterGap: () => {
      if (steadyMs() - checkedMs > GAP_MS) check();
    },
  };
}

/** What an attempt is worked on with. */
interface Attempt extends Claim {
  readonly earlier: readonly RunEvent[];
  readonly requests: StopRequestWatch;
  readonly lease: Pick<TrainerContext, 'begins'>;
  readonly fence: Fence;
}

function createContext(
  { threads, device }: WorkOrder,
  run: RunFile,
  { attempt, log, earlier, requests, lease: { begins }, fence }: Attempt,
): TrainerContext {
  return {
    run,
    paths: attempt,
    results: resultsPaths(dirname(dirname(attempt.run.folder))), // <results>/runs/<id>
    threads,
    device,
    signal: requests.signal,
    earlier,
    begins,
    report: (event) => {
      fence.checkAfterGap();
      log.append(event);
    },
    started: (fromEpoch, actual, notices = []) => {
      fence.check();
      const environment = describeEnvironment();
      const told = notices.length === 0 ? {} : { notices: [...notices] };
      log.write({
        type: 'started',
        attempt: attempt.number,
        fromEpoch,
        actual,
        environment,
        ...told,
      });
      checkActual(run, actual);
    },
    tellEpoch: (event) => {
      begins('record');
      fence.checkAfterGap();
      log.write(event);
    },
    commitEpoch: (model, epoch) => {
      begins('record');
      fence.check();
      commitEpoch(log, attempt, model, epoch);
      requests.endOfEpoch();
    },
  };
}

type EndEvent = Extract<NewRunEvent, { type: Exclude<AttemptEnd, 'taken-over'> }>;

/** What is left to be put on record when an attempt has ended. */
interface AttemptRecord {
  readonly events: readonly NewRunEvent[];
  readonly end: EndEvent;
}

async function attemptRun(trainer: Trainer, context: TrainerContext): Promise<AttemptRecord> {
  const begin = performance.now();
  try {
    const { events, ...outcome } = trainer.canContinue(context)
      ? await trainer.continue(context)
      : await trainer.start(context);
    const seconds = (performance.now() - begin) / 1000;
    if (outcome.type === 'completed') return { events, end: { ...outcome, seconds } };
    return { events, end: { ...outcome, nll: encodeNumber(outcome.nll), seconds } };
  } catch (error) {
    if (error instanceof TakenOver) throw error;
    return { events: [], end: describeError(error, context.signal) };
  }
}

function describeError(error: unknown, signal: AbortSignal): EndEvent {
  if (signal.aborted && error === signal.reason)
    return { type: 'stopped', reason: messageOf(error) };
  const problem = storageProblem(error);
  if (problem !== null)
    return {
      type: 'failed',
      message: problem.message,
      stack: null,
      cause: isDiskFull(error) ? 'disk-full' : 'refused',
    };
  const message = messageOf(error);
  // A user can act on a SweepError; anything else is a bug, and its stack goes into the record.
  if (error instanceof SweepError)
    return { type: 'failed', message, stack: null, cause: 'refused' };
  const stack = error instanceof Error ? (error.stack ?? null) : null;
  if (stack !== null) process.stderr.write(`${stack}\n`);
  return { type: 'failed', message, stack, cause: isDeviceLost(message) ? 'device-lost' : 'bug' };
}

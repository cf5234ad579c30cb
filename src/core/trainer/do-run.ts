import { dirname } from 'node:path';
import { isDeviceLost } from '../engine/device-lost.js';
import { messageOf, SweepError } from '../errors.js';
import { syncLater } from '../run-folder/atomic-write.js';
import { encodeNumber, type NewRunEvent, type RunEvent } from '../run-folder/event.js';
import {
  commitEpoch,
  commitEvents,
  finishCommit,
  openRunLog,
  tidyFinishedRun,
} from '../run-folder/commit.js';
import { type EventLog, readEvents } from '../run-folder/event-log.js';
import { holdLease } from '../run-folder/hold-lease.js';
import { isLeaseAlive, readLease } from '../run-folder/lease.js';
import { resultsPaths, runPaths } from '../run-folder/paths.js';
import { readRunFile, type RunFile } from '../run-folder/run-file.js';
import { isFinal, summariseLog } from '../run-folder/run-state.js';
import { isDiskFull, storageProblem } from '../run-folder/storage-problem.js';
import { clearStopRequest } from '../run-folder/stop-request.js';
import { checkActual } from './check-actual.js';
import { describeEnvironment } from './environment.js';
import { type StopRequestWatch, watchStopRequest } from './obey-stop-request.js';
import { createTrainer } from './select-trainer.js';
import type { TrainerContext } from './trainer.js';

/** What a launcher tells a worker. */
export interface WorkOrder {
  /** The run's folder, `<results>/runs/<id>`. */
  readonly folder: string;
  readonly threads: number;
  readonly device: string;
  /** Called when a run with a result needs this process no longer: what is left is to wait for the disk. */
  readonly onWritten?: () => void;
}

/** Closing events of an attempt. */
export type AttemptEnd = 'completed' | 'diverged' | 'failed' | 'stopped';

/**
 * Does one attempt of a run: takes the lease, starts or continues, and closes the log with how it ended.
 *
 * @throws SweepError `bad-record` when the folder cannot be read, `busy` when another worker holds the run
 */
export async function doRun(order: WorkOrder, signal: AbortSignal): Promise<AttemptEnd> {
  const paths = runPaths(order.folder);
  const run = readRunFile(paths.runFile);
  const lease = readLease(paths.lease);
  if (lease !== null && isLeaseAlive(lease))
    throw new SweepError('busy', {
      where: `run ${run.id}`,
      message: `process ${lease.pid} on ${lease.host} already works on it`,
    });
  // Whoever planned many runs did not wait for each.
  const runFileSynced = syncLater(paths.runFile, 'file');
  const held = holdLease(paths.lease);
  const log = openRunLog(paths);
  const requests = watchStopRequest(paths, signal);
  // Also when nothing is left to stop. What has failed may be tried again by itself: the request stands.
  let isObeyed = false;
  try {
    const earlier = log.lastSeq === 0 ? [] : readEvents(paths.events).events;
    const { outcome } = summariseLog(earlier);
    // Killed when all was on record but this: nothing is left to do.
    if (isFinal(outcome)) {
      isObeyed = true;
      tidyFinishedRun(paths);
      return outcome;
    }
    const { events, end } = await attemptRun(
      createContext(order, run, requests, log, earlier, held.begins),
    );
    if (events.length > 0) {
      await runFileSynced;
      commitEvents(log, paths, [...events, end]);
    } else {
      if (!isFinal(end.type)) finishCommit(log, paths); // if the disk was full in the middle of an epoch's
      // One line needs least room.
      const onDisk = log.appendWith(
        end,
        Promise.all([runFileSynced, syncLater(paths.folder, 'folder')]),
      );
      if (isFinal(end.type)) order.onWritten?.();
      await onDisk;
    }
    isObeyed = end.type !== 'failed';
    if (isObeyed) clearStopRequest(paths);
    if (isFinal(end.type)) tidyFinishedRun(paths);
    return end.type;
  } finally {
    requests.dispose();
    log.close();
    held.release();
    // Who asks looks at the lease first, and may have asked while the last lines were written.
    if (isObeyed) clearStopRequest(paths);
  }
}

function attemptsIn(events: readonly RunEvent[]): number {
  return events.filter((event) => event.type === 'started').length;
}

function createContext(
  { folder, threads, device }: WorkOrder,
  run: RunFile,
  { signal, endOfEpoch }: StopRequestWatch,
  log: EventLog,
  earlier: readonly RunEvent[],
  begins: TrainerContext['begins'],
): TrainerContext {
  const paths = runPaths(folder);
  const attempt = attemptsIn(earlier) + 1;
  return {
    run,
    paths,
    results: resultsPaths(dirname(dirname(folder))), // <results>/runs/<id>
    threads,
    device,
    signal,
    earlier,
    begins,
    report: (event) => log.append(event),
    started: (fromEpoch, actual, notices = []) => {
      const environment = describeEnvironment();
      const told = notices.length === 0 ? {} : { notices: [...notices] };
      log.write({ type: 'started', attempt, fromEpoch, actual, environment, ...told });
      checkActual(run, actual);
    },
    tellEpoch: (event) => {
      begins('record');
      log.write(event);
    },
    commitEpoch: (model, epoch) => {
      begins('record');
      commitEpoch(log, paths, model, epoch);
      endOfEpoch();
    },
  };
}

type EndEvent = Extract<NewRunEvent, { type: AttemptEnd }>;

/** What is left to be put on record when an attempt has ended. */
interface AttemptRecord {
  readonly events: readonly NewRunEvent[];
  readonly end: EndEvent;
}

async function attemptRun(context: TrainerContext): Promise<AttemptRecord> {
  const begin = performance.now();
  try {
    const trainer = createTrainer(context.run.config);
    const { events, ...outcome } = trainer.canContinue(context)
      ? await trainer.continue(context)
      : await trainer.start(context);
    const seconds = (performance.now() - begin) / 1000;
    if (outcome.type === 'completed') return { events, end: { ...outcome, seconds } };
    return { events, end: { ...outcome, nll: encodeNumber(outcome.nll), seconds } };
  } catch (error) {
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

import { dirname } from 'node:path';
import { messageOf, SweepError } from '../errors.js';
import { encodeNumber, type NewRunEvent, type RunEvent } from '../run-folder/event.js';
import { EventLog, readEvents } from '../run-folder/event-log.js';
import { LEASE_RENEWAL_MS, releaseLease, writeLease } from '../run-folder/hold-lease.js';
import { isLeaseAlive, readLease } from '../run-folder/lease.js';
import { resultsPaths, runPaths } from '../run-folder/paths.js';
import { readRunFile, type RunFile } from '../run-folder/run-file.js';
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
  writeLease(paths.lease);
  const renewal = setInterval(() => {
    writeLease(paths.lease);
  }, LEASE_RENEWAL_MS);
  const log = EventLog.open(paths.events);
  const requests = watchStopRequest(paths, signal);
  try {
    const attempt = attemptsIn(readEvents(paths.events).events) + 1;
    const context = createContext(order, run, requests, (event) => log.append(event), attempt);
    const end = await attemptRun(run, context);
    log.append(end);
    clearStopRequest(paths); // obeyed, or nothing is left to stop
    return end.type;
  } finally {
    requests.dispose();
    clearInterval(renewal);
    log.close();
    releaseLease(paths.lease);
  }
}

function attemptsIn(events: readonly RunEvent[]): number {
  return events.filter((event) => event.type === 'started').length;
}

function createContext(
  { folder, threads, device }: WorkOrder,
  run: RunFile,
  { signal, endOfEpoch }: StopRequestWatch,
  append: (event: NewRunEvent) => void,
  attempt: number,
): TrainerContext {
  return {
    run,
    paths: runPaths(folder),
    results: resultsPaths(dirname(dirname(folder))), // <results>/runs/<id>
    threads,
    device,
    signal,
    report: append,
    endOfEpoch,
    started: (fromEpoch, actual) => {
      append({ type: 'started', attempt, fromEpoch, actual, environment: describeEnvironment() });
      checkActual(run, actual);
    },
  };
}

type EndEvent = Extract<NewRunEvent, { type: AttemptEnd }>;

async function attemptRun(run: RunFile, context: TrainerContext): Promise<EndEvent> {
  const begin = performance.now();
  try {
    const trainer = createTrainer(run.config);
    const outcome = trainer.canContinue(context)
      ? await trainer.continue(context)
      : await trainer.start(context);
    const seconds = (performance.now() - begin) / 1000;
    if (outcome.type === 'completed') return { ...outcome, seconds };
    return { ...outcome, nll: encodeNumber(outcome.nll), seconds };
  } catch (error) {
    if (context.signal.aborted && error === context.signal.reason)
      return { type: 'stopped', reason: messageOf(error) };
    // A user can act on a SweepError; anything else is a bug, and its stack goes into the record.
    const stack =
      error instanceof Error && !(error instanceof SweepError) ? error.stack : undefined;
    if (stack !== undefined) process.stderr.write(`${stack}\n`);
    return { type: 'failed', message: messageOf(error), stack: stack ?? null };
  }
}

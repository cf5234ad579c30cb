/**
 * The process that does runs: `node worker.js <run folder> --attempt 1 --threads 2 --device auto`.
 *
 * It needs nothing but the run's folder (and its neighbours), so any launcher can start it. What happens is in
 * `events.jsonl`; the exit code only tells a launcher whether to look there for a failure. A launcher that has an IPC
 * channel to it may give it further runs after short ones that went well; see worker-messages.ts.
 */
import '../interpret-schemas.js';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf } from '../errors.js';
import { runPaths } from '../run-folder/paths.js';
import { isFinal } from '../run-folder/run-state.js';
import { storageProblem } from '../run-folder/storage-problem.js';
import { SIGTERM_REASON } from '../run-folder/stop-request.js';
import { doRun } from './do-run.js';
import { OrderQueue } from './order-queue.js';
import { watchOwnLog } from './own-log.js';
import { canBeReused } from './reuse.js';

/**
 * Short runs whose results may be on their way to the disk at once: they share its next write, for which each of them
 * would wait as long as for its own.
 */
const MOST_ENDING = 8;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    attempt: { type: 'string' },
    threads: { type: 'string', default: '1' },
    device: { type: 'string', default: 'auto' },
  },
});
const [firstFolder] = positionals;
const threads = Number(values.threads);
const firstAttempt = values.attempt === undefined ? null : Number(values.attempt);

/** A run to do, and the attempt that was made for it. */
interface Work {
  readonly runFolder: string;
  readonly attempt: number | null;
}

if (firstFolder === undefined || ![threads, firstAttempt ?? 1].every(isPositive)) {
  process.stderr.write(
    'usage: worker.js <run folder> [--attempt N] [--threads N] [--device auto]\n',
  );
  process.exitCode = 2;
} else {
  const controller = new AbortController();
  const stop = (reason: string): void => {
    if (!controller.signal.aborted) controller.abort(new Error(reason));
  };
  // Ctrl-C and the end of a terminal reach every process of it; the coordinator decides what they mean and sends SIGTERM.
  for (const name of ['SIGINT', 'SIGHUP'] as const) process.on(name, () => undefined);
  process.on('SIGTERM', () => {
    stop(SIGTERM_REASON);
  });
  const orders = new OrderQueue();
  let work: Work | null = { runFolder: resolve(firstFolder), attempt: firstAttempt };
  // One that makes its attempt by itself writes to wherever it was started.
  const ownLog = (): string => runPaths(work?.runFolder ?? '').attempt(work?.attempt ?? 0).log;
  if (!process.connected) watchOwnLog(ownLog);
  process.on('disconnect', () => {
    stop('the coordinator is gone');
    watchOwnLog(ownLog); // until now that one did
  });
  /** Runs that are written and not yet on disk, beside the one that is worked on. */
  const ending = new Set<Promise<void>>();
  /** Aborted when the process is not as good as a new one any more: a run in it went wrong, or was a large one. */
  const retired = new AbortController();
  const isOver = AbortSignal.any([controller.signal, retired.signal]);
  const finish = async ({ runFolder, attempt }: Work, onWritten: () => void): Promise<void> => {
    const begin = performance.now();
    const isFresh = (): boolean => canBeReused(performance.now() - begin);
    try {
      const order = {
        folder: runFolder,
        attempt,
        threads,
        device: values.device,
        onWritten: () => {
          if (isFresh()) onWritten();
        },
      };
      const ended = await doRun(order, controller.signal);
      process.exitCode = ended === 'failed' || ended === 'taken-over' ? 1 : 0;
      if (ended !== 'taken-over' && isFinal(ended) && isFresh()) orders.tellDone(runFolder);
      else retired.abort();
    } catch (error) {
      // The run could not be opened, or its log takes nothing any more.
      process.stderr.write(`${messageOf(storageProblem(error) ?? error)}\n`);
      process.exitCode = 2;
      retired.abort();
    }
  };
  while (work !== null) {
    const one: Work = work;
    await new Promise<void>((resolve) => {
      const ended = finish(one, resolve).finally(() => {
        ending.delete(ended);
        resolve();
      });
      ending.add(ended);
    });
    while (ending.size > MOST_ENDING) await Promise.race(ending);
    work = await orders.next(isOver);
  }
  await Promise.all(ending);
  orders.close();
  // The channel to the coordinator would keep the process alive.
  if (process.connected) process.disconnect();
}

function isPositive(number: number): boolean {
  return Number.isInteger(number) && number >= 1;
}

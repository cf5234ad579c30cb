import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LOG_LIMITS, type LogLimits, watchLog } from '../../core/run-folder/bounded-log.js';
import type { LaunchedWorker, Launcher, LaunchOrder, QueuedRun, WorkerExit } from './launcher.js';
import { MemoryKills } from './memory-kills.js';
import { kindOf, WorkerProcess } from './worker-process.js';

/**
 * Starts workers as processes of this machine. A process that did a short run well takes the next run with the same
 * threads, device and environment, so that this one does not pay for a start; one that failed, was stopped or died is
 * replaced, and with it only its own run is lost: what waited in it goes to others.
 *
 * The output of a worker is kept within limits as long as this process lives; then the worker does that itself.
 *
 * @param worker file of the worker's program
 */
export function createLocalLauncher(
  worker: string = workerPath(),
  logLimits: LogLimits = LOG_LIMITS,
): Launcher {
  const free = new Set<WorkerProcess>();
  const memoryKills = new MemoryKills();

  const processOf = new WeakMap<LaunchedWorker, () => WorkerProcess>();

  const explain = (exit: WorkerExit, wasKilled: boolean): WorkerExit => {
    if (exit.signal !== 'SIGKILL' || wasKilled) return exit;
    const forMemory = memoryKills.wasForMemory();
    return forMemory === null ? exit : { ...exit, forMemory };
  };
  const start = (order: LaunchOrder): WorkerProcess => {
    const unwatch = memoryKills.watch();
    const started: WorkerProcess = new WorkerProcess(worker, order, {
      onFree: () => free.add(started),
      onExit: (exit) => {
        free.delete(started);
        const explained = explain(exit, started.wasKilled);
        unwatch();
        return explained;
      },
    });
    return started;
  };
  /** A free process of that kind. One of another kind makes room: its memory may be needed. */
  const takeFree = (order: LaunchOrder): WorkerProcess | undefined => {
    const kind = kindOf(order);
    const found = [...free].find((each) => each.kind === kind) ?? [...free][0];
    if (found === undefined) return undefined;
    free.delete(found);
    if (found.kind === kind) return found;
    found.dismiss();
    return undefined;
  };
  /** Watches over a run from its beginning to its end. */
  const follow = (
    { logFile }: LaunchOrder,
    process: () => WorkerProcess,
    ended: Promise<WorkerExit>,
    onSignal: (name: 'SIGTERM' | 'SIGKILL') => void = () => undefined,
  ): LaunchedWorker => {
    const log = watchLog(() => logFile, logLimits);
    const send = (name: 'SIGTERM' | 'SIGKILL'): void => {
      onSignal(name);
      process().signal(name);
    };
    const launched: LaunchedWorker = {
      ended: ended.finally(() => {
        log.end();
      }),
      stop: () => {
        send('SIGTERM');
      },
      kill: () => {
        send('SIGKILL');
      },
    };
    processOf.set(launched, process);
    return launched;
  };

  const launch = (order: LaunchOrder): LaunchedWorker => {
    let signal: 'SIGTERM' | 'SIGKILL' | null = null;
    const found = takeFree(order);
    let current = found ?? start(order);
    const inFreeProcess = async (process: WorkerProcess): Promise<WorkerExit> => {
      const run = process.give(order, false);
      if (await run.begun) return run.ended;
      if (signal !== null) return { exitCode: null, signal };
      current = start(order);
      return current.first.ended;
    };
    const ended = found === undefined ? current.first.ended : inFreeProcess(found);
    return follow(
      order,
      () => current,
      ended,
      (name) => {
        signal = name;
      },
    );
  };

  const queue = (order: LaunchOrder, behind: LaunchedWorker): QueuedRun | null => {
    const process = processOf.get(behind)?.();
    if (process === undefined || process.isEnding || process.kind !== kindOf(order)) return null;
    free.delete(process);
    const run = process.give(order, true);
    const begun = run.begun.then((isBegun) =>
      isBegun ? follow(order, () => process, run.ended) : null,
    );
    return {
      begun,
      takeBack: () => {
        process.takeBack();
      },
    };
  };
  return { name: 'local', launch, queue };
}

function workerPath(): string {
  const here = fileURLToPath(import.meta.url);
  return fileURLToPath(new URL(`../../core/trainer/worker${extname(here)}`, import.meta.url));
}

import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LOG_LIMITS, type LogLimits, watchLog } from '../../core/run-folder/bounded-log.js';
import type { LaunchedWorker, Launcher, LaunchOrder, WorkerExit } from './launcher.js';
import { MemoryKills } from './memory-kills.js';
import { kindOf, WorkerProcess } from './worker-process.js';

/**
 * Starts workers as processes of this machine. A process that did a short run well takes the next run with the same
 * threads, device and environment, so that this one does not pay for a start; one that failed, was stopped or died is
 * replaced, and with it only its own run is lost.
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

  const start = (order: LaunchOrder): WorkerProcess => {
    const started: WorkerProcess = new WorkerProcess(worker, order, {
      onFree: () => free.add(started),
      onExit: () => free.delete(started),
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

  const launch = (order: LaunchOrder): LaunchedWorker => {
    let signal: 'SIGTERM' | 'SIGKILL' | null = null;
    let current = takeFree(order);
    const send = (name: 'SIGTERM' | 'SIGKILL'): void => {
      signal = name;
      current?.signal(name);
    };
    const inNewProcess = (): Promise<WorkerExit> => {
      current = start(order);
      return current.start();
    };
    const inFreeProcess = async (process: WorkerProcess): Promise<WorkerExit> => {
      const exit = await process.work(order);
      if (exit !== null) return exit;
      return signal === null ? inNewProcess() : { exitCode: null, signal };
    };
    const explain = (exit: WorkerExit): WorkerExit => {
      if (exit.signal !== 'SIGKILL' || signal === 'SIGKILL') return exit;
      const forMemory = memoryKills.wasForMemory();
      return forMemory === null ? exit : { ...exit, forMemory };
    };
    const log = watchLog(() => order.logFile, logLimits);
    const unwatch = memoryKills.watch();
    const ended = current === undefined ? inNewProcess() : inFreeProcess(current);
    return {
      ended: ended.then(explain).finally(() => {
        log.end();
        unwatch();
      }),
      stop: () => {
        send('SIGTERM');
      },
      kill: () => {
        send('SIGKILL');
      },
    };
  };
  return { name: 'local', launch };
}

function workerPath(): string {
  const here = fileURLToPath(import.meta.url);
  return fileURLToPath(new URL(`../../core/trainer/worker${extname(here)}`, import.meta.url));
}

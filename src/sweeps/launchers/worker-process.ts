import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { workerMessageSchema, type WorkMessage } from '../../core/trainer/worker-messages.js';
import type { LaunchOrder, WorkerExit } from './launcher.js';

/** What a process needs to know beside its runs: only runs with the same can share one. */
export type ProcessKind = Pick<LaunchOrder, 'threads' | 'device' | 'environment'>;

/** How a run in a process went; whoever waits for it hears it once. */
interface Waiting {
  readonly resolve: (exit: WorkerExit) => void;
  readonly reject: (error: Error) => void;
  /** Called instead of `resolve` when the process ended before it began with the run. */
  readonly neverBegan: (() => void) | null;
}

/** A process on this machine that does a run, and perhaps others after it. */
export class WorkerProcess {
  readonly kind: string;
  readonly #child: ChildProcess;
  readonly #onFree: () => void;
  #waiting: Waiting | null = null;

  /**
   * Starts the process; {@link start} has to follow at once.
   *
   * @param program the worker's file
   * @param onFree called whenever it can take another run
   * @param onExit called when it has ended
   */
  constructor(
    program: string,
    { runFolder, logFile, threads, device, environment }: LaunchOrder,
    { onFree, onExit }: { readonly onFree: () => void; readonly onExit: () => void },
  ) {
    this.kind = kindOf({ threads, device, environment });
    this.#onFree = onFree;
    const log = openSync(logFile, 'a');
    this.#child = spawn(
      process.execPath,
      // execArgv carries the TypeScript loader when this program itself runs from source
      [...process.execArgv, program, runFolder, '--threads', `${threads}`, '--device', device],
      {
        // The channel also tells the worker when this process dies, however it dies.
        stdio: ['ignore', log, log, 'ipc'],
        env: { ...process.env, ...environment },
      },
    );
    closeSync(log); // the child has its own copy
    this.#child.on('message', (message) => {
      this.#hear(message);
    });
    this.#child.on('error', (error) => {
      this.#take()?.reject(error);
    });
    this.#child.once('exit', (exitCode, signal) => {
      onExit();
      const waiting = this.#take();
      if (waiting?.neverBegan) waiting.neverBegan();
      else waiting?.resolve({ exitCode, signal });
    });
  }

  /** Waits for the run that the process was started with. */
  start(): Promise<WorkerExit> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject, neverBegan: null };
    });
  }

  /** Gives a free process its next run. Null when it ended before it began: then another one may try. */
  work({ runFolder, logFile }: LaunchOrder): Promise<WorkerExit | null> {
    return new Promise((resolve) => {
      const neverBegan = (): void => {
        resolve(null);
      };
      this.#waiting = { resolve, reject: neverBegan, neverBegan };
      this.#child.ref();
      this.#child.channel?.ref();
      if (!this.#child.connected) {
        this.#child.kill('SIGKILL'); // it ends already
        return;
      }
      // An error of the channel is the end of the process, which is heard as such.
      this.#child.send({ type: 'work', runFolder, logFile } satisfies WorkMessage, () => undefined);
    });
  }

  /** Asks a free process to end. */
  dismiss(): void {
    if (this.#child.connected) this.#child.disconnect();
  }

  signal(name: 'SIGTERM' | 'SIGKILL'): void {
    this.#child.kill(name);
  }

  #hear(message: unknown): void {
    const { type } = workerMessageSchema.parse(message);
    if (type === 'begun') {
      if (this.#waiting !== null) this.#waiting = { ...this.#waiting, neverBegan: null };
      return;
    }
    // A process that only waits must not keep this one alive.
    this.#child.unref();
    this.#child.channel?.unref();
    const waiting = this.#take();
    this.#onFree();
    waiting?.resolve({ exitCode: 0, signal: null });
  }

  #take(): Waiting | null {
    const waiting = this.#waiting;
    this.#waiting = null;
    return waiting;
  }
}

/** The same for processes that can do each other's runs. */
export function kindOf({ threads, device, environment }: ProcessKind): string {
  return JSON.stringify([threads, device, Object.entries(environment).sort()]);
}

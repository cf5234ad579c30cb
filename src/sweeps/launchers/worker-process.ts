import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { type LauncherMessage, workerMessageSchema } from '../../core/trainer/worker-messages.js';
import type { LaunchOrder, WorkerExit } from './launcher.js';

/** What a process needs to know beside its runs: only runs with the same can share one. */
export type ProcessKind = Pick<LaunchOrder, 'threads' | 'device' | 'environment'>;

/** A run that was given to a process. */
export interface GivenRun {
  /** Whether the process begins with it; false when it was given back, or the process ended before. */
  readonly begun: Promise<boolean>;
  /** How the run ended, once it has begun. Rejects when the process could not be started. */
  readonly ended: Promise<WorkerExit>;
}

/** The other side of a {@link GivenRun}. */
interface Given {
  isBegun: boolean;
  readonly begin: (isBegun: boolean) => void;
  readonly end: (exit: WorkerExit) => void;
  readonly fail: (error: Error) => void;
}

/** What a process is watched with. */
export interface ProcessListener {
  /** It has nothing to do, and can take a run. */
  readonly onFree: () => void;
  /** It has ended. @returns what is to be told of that */
  readonly onExit: (exit: WorkerExit) => WorkerExit;
}

/** A process on this machine that does a run, and perhaps others after it. */
export class WorkerProcess {
  readonly kind: string;
  readonly #child: ChildProcess;
  readonly #listener: ProcessListener;
  /** By their folder, in their order. */
  readonly #given = new Map<string, Given>();
  readonly #first: GivenRun;
  /** Runs that were given in this turn of the event loop: they go into one message. */
  #unsent: LaunchOrder[] = [];
  #isTakingBack = false;
  /** The signal that it was sent by this program, if any. */
  #sent: 'SIGTERM' | 'SIGKILL' | null = null;

  /**
   * Starts the process, for a run.
   *
   * @param program the worker's file
   */
  constructor(program: string, order: LaunchOrder, listener: ProcessListener) {
    const { runFolder, attempt, logFile, threads, device, environment } = order;
    this.kind = kindOf(order);
    this.#listener = listener;
    const log = openSync(logFile, 'a');
    this.#child = spawn(
      process.execPath,
      // execArgv carries the TypeScript loader when this program itself runs from source
      [
        ...[...process.execArgv, program, runFolder, '--attempt', `${attempt}`],
        ...['--threads', `${threads}`, '--device', device],
      ],
      {
        // The channel also tells the worker when this process dies, however it dies.
        stdio: ['ignore', log, log, 'ipc'],
        env: { ...process.env, ...environment },
      },
    );
    closeSync(log); // the child has its own copy
    this.#first = this.#add(runFolder);
    this.#begin(runFolder);
    this.#child.on('message', (message) => {
      this.#hear(message);
    });
    this.#child.on('error', (error) => {
      for (const given of this.#takeAll()) given.fail(error);
    });
    this.#child.once('exit', (exitCode, signal) => {
      const exit = this.#listener.onExit({ exitCode, signal });
      for (const given of this.#takeAll()) given.end(exit);
    });
  }

  /** The run that the process was started for. */
  get first(): GivenRun {
    return this.#first;
  }

  /** Whether it was this program that killed the process. */
  get wasKilled(): boolean {
    return this.#sent === 'SIGKILL';
  }

  /** Whether it was asked to end. */
  get isEnding(): boolean {
    return this.#sent !== null || !this.#child.connected;
  }

  /** Gives a process a further run. @param isAhead whether it may wait, and come back */
  give(order: LaunchOrder, isAhead: boolean): GivenRun {
    const run = this.#add(order.runFolder);
    this.#child.ref();
    this.#child.channel?.ref();
    if (!this.#child.connected)
      this.#child.kill('SIGKILL'); // it ends already
    else if (isAhead) this.#sendLater(order);
    else this.#send({ type: 'work', orders: [messageOf(order, false)] });
    return run;
  }

  /** Asks for what has not begun. */
  takeBack(): void {
    if (this.#isTakingBack) return;
    this.#isTakingBack = true;
    setImmediate(() => {
      this.#isTakingBack = false;
      this.#send({ type: 'take-back' }); // after what was given before
    });
  }

  /** Asks a free process to end. */
  dismiss(): void {
    if (this.#child.connected) this.#child.disconnect();
  }

  signal(name: 'SIGTERM' | 'SIGKILL'): void {
    this.#sent = name;
    this.#child.kill(name);
  }

  #add(runFolder: string): GivenRun {
    let begin: Given['begin'] = () => undefined;
    const begun = new Promise<boolean>((resolve) => (begin = resolve));
    const ended = new Promise<WorkerExit>((resolve, reject) => {
      this.#given.set(runFolder, { isBegun: false, begin, end: resolve, fail: reject });
    });
    ended.catch(() => undefined); // not lost: the caller waits for it once the run has begun
    return { begun, ended };
  }

  #begin(runFolder: string): void {
    const given = this.#given.get(runFolder);
    if (given === undefined) return;
    given.isBegun = true;
    given.begin(true);
  }

  #sendLater(order: LaunchOrder): void {
    this.#unsent.push(order);
    if (this.#unsent.length > 1) return;
    setImmediate(() => {
      const orders = this.#unsent.map((each) => messageOf(each, true));
      this.#unsent = [];
      this.#send({ type: 'work', orders });
    });
  }

  #send(message: LauncherMessage): void {
    // An error of the channel is the end of the process, which is heard as such.
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  #hear(message: unknown): void {
    const { begun, done, returned } = workerMessageSchema.parse(message);
    for (const runFolder of begun) this.#begin(runFolder);
    for (const runFolder of done) this.#take(runFolder)?.end({ exitCode: 0, signal: null });
    for (const runFolder of returned) this.#take(runFolder)?.begin(false);
    if (this.#given.size > 0) return;
    // A process that only waits must not keep this one alive.
    this.#child.unref();
    this.#child.channel?.unref();
    this.#listener.onFree();
  }

  #take(runFolder: string): Given | undefined {
    const given = this.#given.get(runFolder);
    this.#given.delete(runFolder);
    return given;
  }

  /** The runs that it has begun and not done; the others are told that they do not begin. */
  #takeAll(): readonly Given[] {
    const all = [...this.#given.values()];
    this.#given.clear();
    for (const given of all) if (!given.isBegun) given.begin(false);
    return all.filter(({ isBegun }) => isBegun);
  }
}

function messageOf({ runFolder, attempt, logFile }: LaunchOrder, isAhead: boolean) {
  return { runFolder, attempt, logFile, isAhead };
}

/** The same for processes that can do each other's runs. */
export function kindOf({ threads, device, environment }: ProcessKind): string {
  return JSON.stringify([threads, device, Object.entries(environment).sort()]);
}

import { setImmediate as nextTurn } from 'node:timers/promises';
import { runPaths } from '../run-folder/paths.js';
import { stopAskedOfAttempt } from '../run-folder/stop-request.js';
import { type LauncherChannel, OWN_CHANNEL } from './launcher-channel.js';
import { launcherMessageSchema, type Order } from './worker-messages.js';

/** How long a worker waits for its next run: what keeps it is memory that somebody else may need. */
const WAIT_MS = 10_000;
/** What is done is told together with the next beginning, if that comes this soon. */
const TELL_MS = 10;

/**
 * The runs that this process is to do after the one that it was started with. Several may wait here, so that it never has
 * to wait for its launcher; until one begins nothing of it has happened, and it can be taken back.
 */
export class OrderQueue {
  readonly #channel: LauncherChannel;
  #waiting: Order[] = [];
  #news = nothingNew();
  #timer: NodeJS.Timeout | null = null;
  #onOrder: (() => void) | null = null;

  constructor(channel: LauncherChannel = OWN_CHANNEL) {
    this.#channel = channel;
    channel.onMessage((message) => {
      this.#hear(message);
    });
  }

  /** A run has its result, and this process can take another one. */
  tellDone(runFolder: string): void {
    this.#news.done.push(runFolder);
    // Whoever waits here has nothing to begin: the launcher may have been waiting for just this.
    if (this.#onOrder !== null) this.#tell();
    else
      this.#timer ??= setTimeout(() => {
        this.#tell();
      }, TELL_MS);
  }

  /**
   * The next run, to whose log the output now goes; waits for one if need be.
   *
   * @param signal ends the waiting
   * @returns null when there is none to do
   */
  async next(signal: AbortSignal): Promise<Order | null> {
    for (;;) {
      await nextTurn(); // what was asked for meanwhile is heard first
      if (signal.aborted) return null;
      const order = this.#waiting.shift();
      if (order === undefined) {
        this.#tell();
        if (!(await this.#waitForOrder(signal))) return null;
      } else if (order.isAhead && isToStop(order)) {
        this.#news.returned.push(order.runFolder);
      } else {
        // Without 'begun' the launcher gives the run to another process.
        if (!this.#channel.redirect(order.logFile)) return null;
        this.#news.begun.push(order.runFolder);
        this.#tell();
        return order;
      }
    }
  }

  /** Tells what has not been told. */
  close(): void {
    this.#tell();
  }

  #hear(message: unknown): void {
    const heard = launcherMessageSchema.parse(message);
    if (heard.type === 'work') this.#waiting.push(...heard.orders);
    else {
      const back = this.#waiting.filter(({ isAhead }) => isAhead);
      this.#news.returned.push(...back.map(({ runFolder }) => runFolder));
      this.#waiting = this.#waiting.filter(({ isAhead }) => !isAhead);
      this.#tell();
    }
    this.#onOrder?.();
  }

  async #waitForOrder(signal: AbortSignal): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    let giveUp = (): void => undefined;
    const hasCome = await new Promise<boolean>((resolve) => {
      giveUp = () => {
        resolve(false);
      };
      timer = setTimeout(giveUp, WAIT_MS);
      signal.addEventListener('abort', giveUp);
      this.#onOrder = () => {
        resolve(true);
      };
    });
    // Whatever came first: a timer that is left would keep the process alive.
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
    this.#onOrder = null;
    return hasCome;
  }

  #tell(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const { begun, done, returned } = this.#news;
    if (begun.length + done.length + returned.length === 0) return;
    this.#news = nothingNew();
    this.#channel.tell({ begun, done, returned });
  }
}

function isToStop({ runFolder, attempt }: Order): boolean {
  return stopAskedOfAttempt(runPaths(runFolder).attempt(attempt)) !== null;
}

function nothingNew(): { begun: string[]; done: string[]; returned: string[] } {
  return { begun: [], done: [], returned: [] };
}

import { writeSync } from 'node:fs';

/**
 * Alternate screen on, cursor hidden; what was on the terminal stays beneath. A line that is too long (a terminal may
 * find a sign wider than we do) is cut by the terminal instead of pushing the others down.
 */
const ENTER = '\u001b[?1049h\u001b[?7l\u001b[?25l';
/** Styles reset, wrapping on, cursor shown, and the terminal as it was. */
const LEAVE = '\u001b[0m\u001b[?7h\u001b[?25h\u001b[?1049l';

/**
 * Takes a terminal over and gives it back, whatever happens in between: on a normal end, on an error that nobody
 * catches (its message is then printed on the screen that stays), and when the process exits.
 */
export class TerminalSession {
  readonly #stream: NodeJS.WriteStream;
  #isOpen = false;
  readonly #restore = (): void => {
    this.close();
  };

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#stream.write(ENTER);
    process.on('exit', this.#restore);
    process.on('uncaughtExceptionMonitor', this.#restore);
  }

  /** May be called more than once. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    process.off('exit', this.#restore);
    process.off('uncaughtExceptionMonitor', this.#restore);
    if (this.#stream.isTTY && !this.#stream.destroyed) leave(this.#stream);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }
}

/** At once: nothing that is only queued is written any more when a process exits. */
function leave(stream: NodeJS.WriteStream & { readonly fd?: number }): void {
  try {
    writeSync(stream.fd ?? 1, LEAVE);
  } catch {
    // The terminal is gone (SIGHUP) or cannot take bytes now: there is nothing left to restore.
  }
}

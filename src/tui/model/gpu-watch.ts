import type { GpuUse } from '../../core/engine/gpu-use.js';
import { messageOf } from '../../core/errors.js';

/** Asks the GPUs of this machine; null where there is none that tells. */
export type ReadGpus = ((signal: AbortSignal) => Promise<readonly GpuUse[]>) | null;

/** The GPUs as they were found last, or why they cannot be read. */
export interface GpuReading {
  readonly gpus: readonly GpuUse[];
  readonly problem: string | null;
}

/** Asking starts a program of the driver. */
const ASK_MS = 5000;

/** Asks for the use of the GPUs now and then, while somebody looks at it. */
export class GpuWatch {
  readonly #read: ReadGpus;
  readonly #closed = new AbortController();
  #reading: GpuReading | null = null;
  #isAsked = false;
  #nextMs = -Infinity;

  constructor(read: ReadGpus) {
    this.#read = read;
  }

  /** What was found last; asks again when that is old. Null before the first answer and without a GPU. */
  look(nowMs: number): GpuReading | null {
    if (this.#read !== null && !this.#isAsked && nowMs >= this.#nextMs) {
      this.#isAsked = true;
      this.#nextMs = nowMs + ASK_MS;
      void this.#ask(this.#read);
    }
    return this.#reading;
  }

  close(): void {
    this.#closed.abort();
  }

  async #ask(read: NonNullable<ReadGpus>): Promise<void> {
    try {
      this.#reading = { gpus: await read(this.#closed.signal), problem: null };
    } catch (error) {
      this.#reading = { gpus: [], problem: messageOf(error) };
    } finally {
      this.#isAsked = false;
    }
  }
}

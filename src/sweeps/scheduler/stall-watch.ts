import { lookAtProcess } from '../../core/run-folder/holder.js';
import type { Lease } from '../../core/run-folder/lease.js';
import { steadyMs } from '../../core/run-folder/steady-clock.js';

/**
 * The most that one look adds to the silence. A coordinator that was itself held up, by Ctrl-Z or a machine that slept,
 * has not watched meanwhile, and its worker was most likely held up with it.
 */
const MOST_PER_LOOK_MS = 1_000;

/** Watches whether a worker gets on, by what its lease says of its work. */
export class StallWatch {
  readonly #clock: () => number;
  #seen = '';
  #silentMs = 0;
  #lookedMs: number;

  /** @param clock milliseconds that only ever grow */
  constructor(clock: () => number = steadyMs) {
    this.#clock = clock;
    this.#lookedMs = clock();
  }

  /**
   * Looks at the worker's lease. A worker without one has not begun, and is not judged.
   *
   * @returns the allowance in milliseconds that the worker is over, or null
   */
  look(lease: Lease | null): number | null {
    const nowMs = this.#clock();
    const passedMs = Math.min(MOST_PER_LOOK_MS, nowMs - this.#lookedMs);
    this.#lookedMs = nowMs;
    if (lease?.work === undefined || lookAtProcess(lease.holder) === 'gone') return null;
    const { begun, allowanceMs } = lease.work;
    const seen = `${lease.holder.pid}:${begun}`;
    if (seen === this.#seen) this.#silentMs += passedMs;
    else {
      this.#seen = seen;
      this.#silentMs = 0;
    }
    return this.#silentMs > allowanceMs ? allowanceMs : null;
  }
}

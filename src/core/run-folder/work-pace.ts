import { steadyMs } from './steady-clock.js';

/** Kinds of work whose pieces take about the same time each: an optimizer step, a batch of an evaluation, and so on. */
export type WorkKind = 'load' | 'train' | 'evaluate' | 'sample' | 'record';

/** Where a worker stands with its present piece of work. */
export interface WorkState {
  /** Pieces of work that were begun; it grows as long as the worker gets on. */
  readonly begun: number;
  /** How long the present piece has taken so far. */
  readonly quietMs: number;
  /** How long it may take before the worker counts as stalled. */
  readonly allowanceMs: number;
}

/** A piece that takes this many times as long as the longest one of its kind in this worker is no slow one any more. */
const FACTOR = 20;

/** The least allowance: a busy machine or disk can hold up a step of milliseconds for that long. */
export const LEAST_ALLOWANCE_MS = 60_000;

/**
 * For the first piece of each kind, which nothing is known of yet: it may read data over a network, compile shaders, or
 * be one step of a model that is too large for the machine.
 */
export const FIRST_ALLOWANCE_MS = 30 * 60_000;

/**
 * How a worker gets on, measured by its own work: a slow one has long steps and a long allowance, a stalled one is over
 * its allowance, and a dead one has no process. Nothing is set by hand.
 */
export class WorkPace {
  readonly #clock: () => number;
  readonly #longestMs = new Map<WorkKind, number>();
  #kind: WorkKind = 'load';
  #sinceMs: number;
  #begun = 0;

  /** @param clock milliseconds that only ever grow */
  constructor(clock: () => number = steadyMs) {
    this.#clock = clock;
    this.#sinceMs = clock();
  }

  /** A piece of work begins, and the one before it is done. */
  begin(kind: WorkKind): void {
    const nowMs = this.#clock();
    const longest = this.#longestMs.get(this.#kind) ?? 0;
    this.#longestMs.set(this.#kind, Math.max(longest, nowMs - this.#sinceMs));
    this.#kind = kind;
    this.#sinceMs = nowMs;
    this.#begun += 1;
  }

  get allowanceMs(): number {
    const longest = this.#longestMs.get(this.#kind);
    return longest === undefined
      ? FIRST_ALLOWANCE_MS
      : Math.max(LEAST_ALLOWANCE_MS, FACTOR * longest);
  }

  state(): WorkState {
    const quietMs = Math.max(0, this.#clock() - this.#sinceMs);
    return { begun: this.#begun, quietMs, allowanceMs: this.allowanceMs };
  }
}

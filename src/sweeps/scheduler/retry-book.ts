import { canPass, type Failure } from '../../core/run-folder/failure.js';

const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 5 * 60_000;

/** Time before the n-th further try, from 1: twice as long each time, for what has not passed by then needs longer. */
export function backoffMs(n: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (n - 1));
}

/** A further try of a run. */
export interface Retry {
  /** Which one it is, from 1. */
  readonly number: number;
  /** How many there are at most. */
  readonly of: number;
  readonly waitMs: number;
}

/** Remembers how the runs of a sweep failed, and decides whether one is tried again. */
export class RetryBook {
  readonly #retries: number;
  readonly #failures = new Map<string, Failure[]>();
  readonly #tries = new Map<string, number>();

  /** @param retries further tries of each run, in a row without a new epoch */
  constructor(retries: number) {
    this.#retries = retries;
  }

  /**
   * What to do about a failed attempt.
   *
   * @param hasProgressed whether it finished an epoch: then it was worth it, and the tries are counted anew
   * @returns null when the run is not tried again
   */
  afterFailure(runId: string, failure: Failure, hasProgressed: boolean): Retry | null {
    const before = this.#failures.get(runId) ?? [];
    this.#failures.set(runId, [...before, failure]);
    const number = (hasProgressed ? 0 : (this.#tries.get(runId) ?? 0)) + 1;
    if (number > this.#retries || !canPass(failure, before)) return null;
    this.#tries.set(runId, number);
    return { number, of: this.#retries, waitMs: backoffMs(number) };
  }

  /** Forgets a run that has ended well, or that a user wants to be tried again: it begins with all its tries. */
  forget(runId: string): void {
    this.#failures.delete(runId);
    this.#tries.delete(runId);
  }
}

import { MicroBatch } from '../out-of-memory.js';
import type { LaneSession } from './lane-pool.js';

/** A graph for a fixed number of texts at once, which is built anew for fewer when memory runs out. */
export class ShrinkingSession {
  readonly #microBatch: MicroBatch;
  readonly #create: (size: number) => LaneSession;
  #current: { readonly size: number; readonly session: LaneSession } | null = null;

  /** @param create makes the session for a number of texts at once */
  constructor(size: number, create: (size: number) => LaneSession) {
    this.#microBatch = new MicroBatch(size);
    this.#create = create;
  }

  /** Texts that a lane computes at once. */
  get size(): number {
    return this.#microBatch.size;
  }

  /**
   * Does work that changes nothing unless it succeeds; after a failed allocation again with half the texts at once.
   *
   * @throws SweepError `unavailable` when not even a single text fits
   */
  attempt<T>(work: (session: LaneSession, size: number) => Promise<T>): Promise<T> {
    return this.#microBatch.attempt(async (size) => work(await this.#sessionFor(size), size));
  }

  async release(): Promise<void> {
    await this.#current?.session.release();
  }

  async #sessionFor(size: number): Promise<LaneSession> {
    if (this.#current?.size === size) return this.#current.session;
    await this.#current?.session.release();
    const session = this.#create(size);
    this.#current = { size, session };
    return session;
  }
}

import type { Tensor } from 'onnxruntime-node';
import type { LazySession } from '../lazy-session.js';
import { LaneThread } from './lane-thread.js';
import type { Values } from './messages.js';

/**
 * Lanes that compute side by side, each with one thread.
 *
 * A graph over part of a batch in each of two lanes takes little more than half the time of one lane; the same graph
 * with two threads under every operator takes 0.6 to 1.2 of it (measured for the four budgets), because the operators
 * are short, and the threads wait for each other after each. The first lane is this thread.
 */
export class LanePool {
  readonly #threads: readonly LaneThread[];
  readonly #own: (build: () => Uint8Array) => LazySession;
  #sessions = 0;

  /** @param own makes the sessions of the first lane */
  constructor(lanes: number, own: (build: () => Uint8Array) => LazySession) {
    this.#own = own;
    this.#threads = Array.from({ length: lanes - 1 }, () => new LaneThread());
  }

  get lanes(): number {
    return this.#threads.length + 1;
  }

  /** A graph that each lane has a session of, created when it is first used. */
  session(build: () => Uint8Array): LaneSession {
    let model: Uint8Array | undefined;
    const buildOnce = (): Uint8Array => (model ??= build());
    return new LaneSession(this.#sessions++, this.#own(buildOnce), this.#threads, buildOnce);
  }

  /** Ends all threads. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }
}

/** One graph in several lanes. */
export class LaneSession {
  readonly #number: number;
  readonly #own: LazySession;
  readonly #threads: readonly LaneThread[];
  readonly #build: () => Uint8Array;
  readonly #created = new Set<LaneThread>();

  constructor(
    number: number,
    own: LazySession,
    threads: readonly LaneThread[],
    build: () => Uint8Array,
  ) {
    this.#number = number;
    this.#own = own;
    this.#threads = threads;
    this.#build = build;
  }

  /** The outputs for each of the feeds, which are as many as there are lanes, or fewer. All end before it fails. */
  async run(feeds: readonly Values<Tensor>[]): Promise<readonly Values<Tensor>[]> {
    const [first, ...others] = feeds;
    // This lane blocks its thread: the others must have been asked before.
    const asked = others.map((each, index) => this.#runIn(this.#threads[index]!, each));
    const settled = await Promise.allSettled([this.#own.run(first!), ...asked]);
    return settled.map((result) => {
      if (result.status === 'rejected') throw result.reason;
      return result.value;
    });
  }

  /** Frees its memory in all lanes; a later run creates it again. */
  async release(): Promise<void> {
    const created = [...this.#created];
    this.#created.clear();
    await Promise.all([
      this.#own.release(),
      ...created.map((thread) => thread.release(this.#number)),
    ]);
  }

  async #runIn(thread: LaneThread, feeds: Values<Tensor>): Promise<Values<Tensor>> {
    if (this.#created.has(thread)) return thread.run(this.#number, feeds);
    this.#created.add(thread);
    const [, outputs] = await Promise.all([
      thread.create(this.#number, this.#build()),
      thread.run(this.#number, feeds),
    ]);
    return outputs;
  }
}

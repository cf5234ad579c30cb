import { type Lease, leaseState, readLease } from '../../core/run-folder/lease.js';
import type { ResultsPaths } from '../../core/run-folder/paths.js';

/** How long a run that was found without a worker is believed to have none, unless it begins another attempt. */
const BELIEVED_MS = 15_000;

/** The process that works on a run. */
export type Holder = Pick<Lease, 'host' | 'pid'>;

/**
 * Which runs a living worker holds. Leases are files: of the runs that have begun and not ended, only those are looked
 * at that may have changed since the last look.
 */
export class LiveRunsWatch {
  readonly #paths: ResultsPaths;
  readonly #leases = new Map<string, string>();
  #live: readonly string[] = [];
  readonly #stalled = new Set<string>();
  readonly #holders = new Map<string, Holder>();
  /** Attempts, as `id attempt`, that nobody was found at. */
  #left = new Set<string>();
  #believedUntilMs = -Infinity;

  constructor(paths: ResultsPaths) {
    this.#paths = paths;
  }

  /**
   * Looks again and returns the ids of the living, sorted, and marked where they do not get on; see `LiveRuns`.
   *
   * @param open runs that have begun and not ended, as `id attempt`
   * @param visible runs on the screen: a worker holds its lease before it says that it has started
   */
  look(open: readonly string[], visible: readonly string[], nowMs: number): readonly string[] {
    if (nowMs >= this.#believedUntilMs) {
      this.#left.clear();
      this.#leases.clear();
      this.#believedUntilMs = nowMs + BELIEVED_MS;
    }
    const live = new Set([...visible, ...this.#live].filter((id) => this.#isAlive(id)));
    for (const attempt of open) {
      const id = attempt.slice(0, attempt.indexOf(' '));
      if (live.has(id) || this.#left.has(attempt)) continue;
      if (this.#isAlive(id)) live.add(id);
      else this.#left.add(attempt);
    }
    this.#live = [...live].sort();
    for (const id of this.#holders.keys()) if (!live.has(id)) this.#holders.delete(id);
    return this.#live.map((id) => (this.#stalled.has(id) ? `${id} stalled` : id));
  }

  /** Who holds the living runs, by the ids of the runs. */
  get holders(): ReadonlyMap<string, Holder> {
    return this.#holders;
  }

  #isAlive(id: string): boolean {
    // Making the names of a run's files takes as long as looking for one of them.
    const path = this.#leases.get(id) ?? this.#paths.run(id).lease;
    this.#leases.set(id, path);
    const lease = readLease(path);
    const state = leaseState(lease);
    if (lease !== null && state !== 'free') this.#holders.set(id, lease);
    if (state === 'stalled') this.#stalled.add(id);
    else this.#stalled.delete(id);
    return state !== 'free';
  }
}

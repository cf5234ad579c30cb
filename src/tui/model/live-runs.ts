import type { Holder } from '../../core/run-folder/holder.js';
import type { ResultsPaths, RunPaths } from '../../core/run-folder/paths.js';
import { findHolder } from '../../core/run-folder/run-state.js';

/** How long a run that was found without a worker is believed to have none, unless it begins another attempt. */
const BELIEVED_MS = 15_000;

/** A run with the latest of its attempts that counts. */
export interface BegunRun {
  readonly id: string;
  readonly attempt: number;
}

/**
 * Which runs a living worker holds. Leases are files: of the runs that have begun and not ended, only those are looked
 * at that may have changed since the last look.
 */
export class LiveRunsWatch {
  readonly #paths: ResultsPaths;
  readonly #runs = new Map<string, RunPaths>();
  #live: readonly BegunRun[] = [];
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
   * @param visible runs on the screen: a worker holds its lease before it writes anything
   */
  look(open: readonly string[], visible: readonly BegunRun[], nowMs: number): readonly string[] {
    if (nowMs >= this.#believedUntilMs) {
      this.#left.clear();
      this.#runs.clear();
      this.#believedUntilMs = nowMs + BELIEVED_MS;
    }
    const live = new Map<string, BegunRun>();
    for (const run of [...this.#live, ...visible]) if (this.#isAlive(run)) live.set(run.id, run);
    for (const word of open) {
      const [id = '', attempt] = word.split(' ');
      if (live.has(id) || this.#left.has(word)) continue;
      const run = { id, attempt: Number(attempt) };
      if (this.#isAlive(run)) live.set(id, run);
      else this.#left.add(word);
    }
    this.#live = [...live.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const id of this.#holders.keys()) if (!live.has(id)) this.#holders.delete(id);
    return this.#live.map(({ id }) => (this.#stalled.has(id) ? `${id} stalled` : id));
  }

  /** Who holds the living runs, by the ids of the runs. */
  get holders(): ReadonlyMap<string, Holder> {
    return this.#holders;
  }

  #isAlive({ id, attempt }: BegunRun): boolean {
    // Making the names of a run's files takes as long as looking for one of them.
    const run = this.#runs.get(id) ?? this.#paths.run(id);
    this.#runs.set(id, run);
    const holder = findHolder(run, attempt);
    if (holder?.lease) this.#holders.set(id, holder.lease.holder);
    if (holder?.isStalled === true) this.#stalled.add(id);
    else this.#stalled.delete(id);
    return holder !== null;
  }
}

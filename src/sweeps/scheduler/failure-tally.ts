import { type Failure, likeness } from '../../core/run-folder/failure.js';
import type { RunOutcome } from '../../core/run-folder/run-state.js';

/** What a run states beyond the base of its sweep, by dotted key. */
type Changes = Readonly<Record<string, unknown>>;

/** How many runs of a sweep share each value of each key; see {@link countValues}. */
export type ValueCounts = ReadonlyMap<string, number>;

/** Fewer runs than this share no value: one of them that fails says nothing about it. */
const FEWEST_SHARING = 2;

/** Counts the values of a sweep's runs, also of those that are finished or wait. */
export function countValues(runs: Iterable<{ readonly changes: Changes }>): ValueCounts {
  const counts = new Map<string, number>();
  for (const { changes } of runs)
    for (const value of valuesOf(changes)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** A value as it is told: `model.heads = 7`. */
function valuesOf(changes: Changes): string[] {
  return Object.entries(changes).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
}

/** What the tally of a start needs to know. */
export interface TallyOrder {
  /** Runs to do. */
  readonly todo: number;
  readonly values: ValueCounts;
  /** See {@link RunPolicy}. */
  readonly stopAfter: number | null;
}

/**
 * Counts the runs that failed, and tells when going on would only repeat a mistake: when the first ones fail alike, or
 * when all runs that share a value of a swept key fail.
 */
export class FailureTally {
  readonly #order: TallyOrder;
  readonly #ended = new Map<
    string,
    { readonly changes: Changes; readonly failure: Failure | null }
  >();

  constructor(order: TallyOrder) {
    this.#order = order;
  }

  /**
   * A run has ended and is not tried again.
   *
   * @returns why the sweep is to stop, or null
   */
  add(
    runId: string,
    changes: Changes,
    outcome: RunOutcome,
    failure: Failure | null,
  ): string | null {
    if (outcome === 'stopped') return null; // somebody's wish, which says nothing about the run
    this.#ended.set(runId, { changes, failure });
    const { todo, stopAfter } = this.#order;
    if (failure === null || stopAfter === null || this.#ended.size >= todo) return null;
    return this.#firstAlike(failure, stopAfter) ?? this.#sharedValue(changes, failure);
  }

  #firstAlike({ message }: Failure, stopAfter: number): string | null {
    if (this.#ended.size < stopAfter) return null;
    const areAlike = [...this.#ended.values()].every(
      ({ failure }) => failure !== null && likeness(failure.message) === likeness(message),
    );
    return areAlike ? `its first ${this.#ended.size} runs failed alike: ${message}` : null;
  }

  #sharedValue(changes: Changes, { message }: Failure): string | null {
    const ended = [...this.#ended.values()];
    const failed = countValues(ended.filter(({ failure }) => failure !== null));
    const values = valuesOf(changes).filter((value) => {
      const all = this.#order.values.get(value) ?? 0;
      return all >= FEWEST_SHARING && failed.get(value) === all;
    });
    if (values.length === 0) return null;
    return `every run with ${values.join(' or ')} failed, the last one so: ${message}`;
  }
}

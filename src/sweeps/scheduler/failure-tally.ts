import { anyOf } from '../../core/errors.js';
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
  for (const { changes } of runs) for (const value of valuesOf(changes)) count(counts, value, 1);
  return counts;
}

/** A value as it is told: `model.heads = 7`. */
function valuesOf(changes: Changes): string[] {
  return Object.entries(changes).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
}

function count(counts: Map<string, number>, key: string, by: number): void {
  const sum = (counts.get(key) ?? 0) + by;
  if (sum === 0) counts.delete(key);
  else counts.set(key, sum);
}

/** What the tally of a start needs to know. */
export interface TallyOrder {
  /** Runs to do; undefined as long as more of them may come. */
  readonly todo: () => number | undefined;
  readonly values: ValueCounts;
  /** See {@link RunPolicy}. */
  readonly stopAfter: number | null;
}

/**
 * Counts the runs that failed, and tells when going on would only repeat a mistake: when the first ones fail alike, or
 * when all runs that share a value of a swept key fail. It remembers those that failed only.
 */
export class FailureTally {
  readonly #order: TallyOrder;
  #ended = 0;
  readonly #failed = new Map<
    string,
    { readonly values: readonly string[]; readonly like: string }
  >();
  readonly #failedValues = new Map<string, number>();
  readonly #likenesses = new Map<string, number>();

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
    const { todo, stopAfter } = this.#order;
    // A stop is somebody's wish, which says nothing about the run.
    if (outcome === 'stopped' || stopAfter === null) return null;
    if (!this.#forget(runId)) this.#ended += 1;
    if (failure === null) return null;
    const values = valuesOf(changes);
    this.#remember(runId, values, likeness(failure.message), 1);
    if (this.#ended >= (todo() ?? Infinity)) return null;
    return this.#firstAlike(failure, stopAfter) ?? this.#sharedValue(values, failure);
  }

  /** @returns whether the run had failed before, and a user had it tried again */
  #forget(runId: string): boolean {
    const failed = this.#failed.get(runId);
    if (failed === undefined) return false;
    this.#remember(runId, failed.values, failed.like, -1);
    this.#failed.delete(runId);
    return true;
  }

  #remember(runId: string, values: readonly string[], like: string, by: 1 | -1): void {
    this.#failed.set(runId, { values, like });
    for (const value of values) count(this.#failedValues, value, by);
    count(this.#likenesses, like, by);
  }

  #firstAlike({ message }: Failure, stopAfter: number): string | null {
    if (this.#ended < stopAfter || this.#failed.size < this.#ended || this.#likenesses.size > 1)
      return null;
    return `its first ${this.#ended} runs failed alike: ${message}`;
  }

  #sharedValue(ofRun: readonly string[], { message }: Failure): string | null {
    const values = ofRun.filter((value) => {
      const all = this.#order.values.get(value) ?? 0;
      return all >= FEWEST_SHARING && this.#failedValues.get(value) === all;
    });
    if (values.length === 0) return null;
    return `every run with ${anyOf(values)} failed, the last one so: ${message}`;
  }
}

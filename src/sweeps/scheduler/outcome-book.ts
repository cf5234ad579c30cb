import { isFinal, type RunOutcome } from '../../core/run-folder/run-state.js';

/** How the runs that were tried ended. Those with a result are only counted: there may be very many. */
export class OutcomeBook {
  readonly #counts = new Map<RunOutcome, number>();
  readonly #unfinished = new Map<string, RunOutcome>();

  /** A run has ended; when it was tried before, this takes the place of how that ended. */
  add(runId: string, outcome: RunOutcome): void {
    const before = this.#unfinished.get(runId);
    if (before !== undefined) this.#count(before, -1);
    this.#count(outcome, 1);
    if (isFinal(outcome)) this.#unfinished.delete(runId);
    else this.#unfinished.set(runId, outcome);
  }

  /** Takes over what another book has of other runs. */
  addAll(other: OutcomeBook): void {
    for (const [outcome, count] of other.#counts) this.#count(outcome, count);
    for (const [runId, outcome] of other.#unfinished) this.#unfinished.set(runId, outcome);
  }

  /** How many runs ended so. */
  count(outcome: RunOutcome): number {
    return this.#counts.get(outcome) ?? 0;
  }

  /** How many runs were tried. */
  get size(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** How a run ended that was tried and has no result; undefined for any other one. */
  unfinished(runId: string): RunOutcome | undefined {
    return this.#unfinished.get(runId);
  }

  #count(outcome: RunOutcome, by: number): void {
    this.#counts.set(outcome, this.count(outcome) + by);
  }
}

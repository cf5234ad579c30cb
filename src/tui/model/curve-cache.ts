import { metricSeries } from '../../core/store/metric-queries.js';
import type { SweepDatabase } from '../../core/store/database.js';

/** Curves kept at once: more than a screen has lines. */
const MOST_KEPT = 500;

/** Validation curves of runs; one is read again only when its run has another number of epochs. */
export class CurveCache {
  readonly #kept = new Map<
    string,
    { readonly epochs: number; readonly values: readonly number[] }
  >();

  /** Validation NLL by epoch. */
  validationNll(db: SweepDatabase, runId: string, epochs: number): readonly number[] {
    const kept = this.#kept.get(runId);
    if (kept?.epochs === epochs) return kept.values;
    const values = metricSeries(db, [runId], 'val', 'nll').map(({ value }) => value);
    this.#kept.delete(runId);
    this.#kept.set(runId, { epochs, values });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return values;
  }
}

import { metricSeries } from '../../core/store/metric-queries.js';
import type { SweepDatabase } from '../../core/store/database.js';

/** Curves kept at once: more than a screen has lines. */
const MOST_KEPT = 500;

/** How far a run has come. */
export interface RunProgress {
  readonly runId: string;
  readonly attempts: number;
  readonly epochs: number;
}

interface Kept {
  readonly attempts: number;
  readonly epochs: number;
  readonly values: readonly number[];
}

/** Validation curves of runs; of one that has more epochs than before only these are read. */
export class CurveCache {
  readonly #kept = new Map<string, Kept>();

  /** Validation NLL by epoch; the same array for a run that is as far as it was. */
  validationNll(db: SweepDatabase, { runId, attempts, epochs }: RunProgress): readonly number[] {
    const kept = this.#kept.get(runId);
    // Another attempt may report epochs again.
    const before = kept?.attempts === attempts && kept.epochs <= epochs ? kept : NOTHING;
    if (before.epochs === epochs) return before.values;
    const valNll = { split: 'val', name: 'nll', fromEpoch: before.epochs } as const;
    // By now there may be more epochs than when the row was read: they are read again with the next row.
    const values = [...before.values, ...metricSeries(db, runId, valNll)].slice(0, epochs);
    this.#kept.delete(runId);
    this.#kept.set(runId, { attempts, epochs, values });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return values;
  }
}

const NOTHING = { epochs: 0, values: [] };

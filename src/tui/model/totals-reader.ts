import type { SweepTotals } from '../../core/store/dashboard-totals-queries.js';
import { PacedQuestion } from './paced-question.js';
import { askedWithLive, type TableSource } from './table-source.js';
import { TimeLeftEstimator } from './time-left.js';

/** A sweep counted up, or not yet, and what times left are told from it. */
export interface Estimated {
  readonly totals: SweepTotals | null;
  readonly estimator: TimeLeftEstimator;
}

/** Counts the sweep up at a pace of its own; the estimator is made anew only with new totals. */
export class TotalsReader {
  readonly #asked = new PacedQuestion<'totals'>();
  #known: Estimated = { totals: null, estimator: new TimeLeftEstimator([]) };
  readonly paced = [this.#asked] as const;

  read(source: TableSource): Estimated {
    const { sweep, objective, live, reader } = source;
    const about = { sweep, objective, live };
    const { key, version } = askedWithLive(source, '');
    const totals = this.#asked.read(key, version, { kind: 'totals', about }, reader)?.answer;
    if (totals !== undefined && totals !== this.#known.totals)
      this.#known = { totals, estimator: new TimeLeftEstimator(totals.work) };
    return this.#known;
  }
}

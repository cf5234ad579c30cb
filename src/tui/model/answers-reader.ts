import {
  type RankedRun,
  rankedRuns,
  type SizePoint,
  sizePoints,
} from '../../core/store/answer-queries.js';
import { epochMetrics } from '../../core/store/metric-queries.js';
import type { Correlate, RunCorrelation } from '../actions.js';
import { Paced } from './paced.js';
import type { TableSource } from './table-reader.js';

/** Runs that a ranking has: nobody scrolls further. */
const MOST_RANKED = 500;

/** Reads what the runs of a sweep say together; each reading is repeated at the pace that its duration sets. */
export class AnswersReader {
  readonly #source: () => TableSource;
  readonly #ranking = new Paced<readonly RankedRun[]>();
  readonly #points = new Paced<readonly SizePoint[]>();
  readonly #correlations = new Map<
    string,
    { readonly epochs: number; readonly value: RunCorrelation }
  >();
  readonly paced = [this.#ranking, this.#points] as const;

  /** @param source the sweep and its database, as they are at that moment */
  constructor(source: () => TableSource) {
    this.#source = source;
  }

  /** The best runs, at most `MOST_RANKED` of them. */
  ranking(): readonly RankedRun[] {
    const { db, version, sweep, objective, live } = this.#source();
    return this.#ranking.read(live.join(), version, () =>
      rankedRuns(db, sweep, objective, live, MOST_RANKED),
    );
  }

  sizePoints(): readonly SizePoint[] {
    const { db, version, sweep, objective } = this.#source();
    return this.#points.read('', version, () => sizePoints(db, sweep, objective));
  }

  /** Validation NLL against top-1 of a run; computed again when it has another number of epochs. */
  correlation(runId: string, epochs: number, correlate: Correlate): RunCorrelation {
    const kept = this.#correlations.get(runId);
    if (kept?.epochs === epochs) return kept.value;
    const rows = epochMetrics(this.#source().db, runId);
    const value = correlate(
      rows.map(({ valNll }) => valNll),
      rows.map(({ valTop1 }) => valTop1),
    );
    this.#correlations.set(runId, { epochs, value });
    return value;
  }
}

import type { RankedRun, SizePoint } from '../../core/store/answer-queries.js';
import { epochMetrics } from '../../core/store/metric-queries.js';
import type { Correlate, RunCorrelation } from '../actions.js';
import { PacedQuestion } from './paced-question.js';
import { askedWithLive, type TableSource } from './table-source.js';

/** Runs that a ranking has: nobody scrolls further. */
const MOST_RANKED = 500;

/** Reads what the runs of a sweep say together; each reading is repeated at the pace that its duration sets. */
export class AnswersReader {
  readonly #source: () => TableSource;
  readonly #ranking = new PacedQuestion<'ranking'>();
  readonly #sizes = new PacedQuestion<'sizes'>();
  readonly #correlations = new Map<
    string,
    { readonly epochs: number; readonly value: RunCorrelation }
  >();
  readonly paced = [this.#ranking, this.#sizes] as const;

  /** @param source the sweep and its database, as they are at that moment */
  constructor(source: () => TableSource) {
    this.#source = source;
  }

  /** The best runs, at most `MOST_RANKED` of them; null while that is still being read. */
  ranking(): readonly RankedRun[] | null {
    const source = this.#source();
    const { sweep, objective, live, reader } = source;
    const about = { sweep, objective, live, limit: MOST_RANKED };
    const { key, version } = askedWithLive(source, '');
    const known = this.#ranking.read(key, version, { kind: 'ranking', about }, reader);
    return known?.answer ?? null;
  }

  /** None while they are still being read. */
  sizePoints(): readonly SizePoint[] {
    const { sweep, objective, live, version, reader } = this.#source();
    const about = { sweep, objective, live };
    const known = this.#sizes.read('', `${version}`, { kind: 'sizes', about }, reader);
    return known?.answer ?? [];
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

import type { SweepDatabase } from '../core/store/database.js';
import { textScores } from '../core/store/metric-queries.js';
import type { RunRow } from '../core/store/run-row.js';
import { pairedBootstrap, type PairedDifference } from './statistics/paired-bootstrap.js';
import { rankRanges, type RankRange } from './statistics/rank-ranges.js';

/** The runs of a sweep beside its best one, text by text of the test split. */
export interface BestComparison {
  readonly reference: {
    readonly id: string;
    readonly name: string;
    /** Its places by test NLL among the compared runs, as far as the texts can tell. */
    readonly ranks: RankRange;
  };
  /** By rank; NLL in nats per text. */
  readonly runs: readonly ComparedRun[];
}

export interface ComparedRun extends PairedDifference {
  readonly id: string;
  readonly name: string;
  /** Whether the interval contains 0: the test texts cannot tell the run from the best one. */
  readonly isTied: boolean;
  readonly ranks: RankRange;
}

/** Runs that are compared: those far behind the first need no test. */
const MAX_COMPARED = 50;

/**
 * Paired comparison of the best runs with the best one.
 *
 * @param ranks place by the objective, from 1; runs without one are left out
 * @returns null when the best run has no scores of single texts, or nothing to be compared with
 */
export function compareWithBest(
  db: SweepDatabase,
  runs: readonly RunRow[],
  ranks: ReadonlyMap<string, number>,
): BestComparison | null {
  const place = (run: RunRow): number => ranks.get(run.id) ?? Infinity;
  const [best, ...others] = runs
    .filter((run) => ranks.has(run.id))
    .toSorted((a, b) => place(a) - place(b));
  const reference = best === undefined ? null : textScores(db, best.id, 'test');
  if (best === undefined || reference === null) return null;
  const compared = others.slice(0, MAX_COMPARED).flatMap((run) => {
    const scores = textScores(db, run.id, 'test');
    // The same texts, cut to the same length; only the number of training texts may differ.
    const isSame = scores?.length === reference.length && testedOn(run) === testedOn(best);
    return scores === null || !isSame ? [] : [{ run, scores }];
  });
  if (compared.length === 0) return null;
  const differences = pairedBootstrap(
    reference,
    compared.map(({ scores }) => scores),
  );
  const [first, ...ranges] = rankRanges([reference, ...compared.map(({ scores }) => scores)]);
  if (first === undefined) return null;
  return {
    reference: { id: best.id, name: best.name, ranks: first },
    runs: compared.flatMap(({ run }, index) => {
      const found = differences[index];
      const range = ranges[index];
      if (found === undefined || range === undefined) return [];
      const { low, high } = found.interval;
      return [
        { id: run.id, name: run.name, ...found, isTied: low <= 0 && high >= 0, ranks: range },
      ];
    }),
  };
}

/** {@link compareWithBest} of any runs, the reference being the one of the lowest test NLL. */
export function compareByTexts(db: SweepDatabase, runs: readonly RunRow[]): BestComparison | null {
  const tested = runs
    .filter((run) => run.testNll !== null)
    .toSorted((a, b) => (a.testNll ?? Infinity) - (b.testNll ?? Infinity));
  return compareWithBest(db, tested, new Map(tested.map(({ id }, place) => [id, place + 1])));
}

function testedOn({ config }: RunRow): string {
  if (config.kind !== 'train') return config.sourceKey;
  return JSON.stringify([{ ...config.dataset, limit: null }, config.model.tokens]);
}

import type { SweepDatabase } from '../core/store/database.js';
import { baselineScores } from '../core/store/metric-queries.js';
import type { RunRow } from '../core/store/run-row.js';
import { nllPerCharacter } from './nll-per-character.js';

/** Scores of a model of counted characters; see src/core/text-metrics. */
export interface BaselineAnalysis {
  /** Such as `5-gram`. */
  readonly name: string;
  /** The first run whose log has it. */
  readonly runId: string;
  readonly seq: number;
  /** Training texts that were counted, and the length to which texts are cut. */
  readonly trainingTexts: number | null;
  readonly tokens: number;
  readonly val: BaselineScores;
  readonly test: BaselineScores;
}

/** See `Scores` of sweep-analysis.ts. */
interface BaselineScores {
  readonly nll: number;
  readonly nllPerCharacter: number;
  readonly top1: number;
}

/** Baselines of each set of texts among the runs, in the order of its first run. */
export function baselinesOf(db: SweepDatabase, runs: readonly RunRow[]): BaselineAnalysis[] {
  const seen = new Set<string>();
  return runs.flatMap((run) => {
    const texts = `${run.dataFingerprint ?? ''}/${run.tokens}`;
    if (run.kind !== 'train' || seen.has(texts)) return [];
    const scores = baselineScores(db, run.id);
    if (scores.length > 0) seen.add(texts);
    return scores
      .filter(({ split }) => split === 'test')
      .flatMap((test) => {
        const val = scores.find(({ model, split }) => model === test.model && split === 'val');
        if (val === undefined) return [];
        const score = ({ nll, top1 }: typeof val): BaselineScores => ({
          nll,
          nllPerCharacter: nllPerCharacter(nll, run.tokens),
          top1,
        });
        return [
          {
            name: test.model,
            runId: run.id,
            seq: test.seq,
            trainingTexts: run.textsTrain,
            tokens: run.tokens,
            val: score(val),
            test: score(test),
          },
        ];
      });
  });
}

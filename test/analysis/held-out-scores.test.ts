import { describe, expect, it } from 'vitest';
import { baselinesOf, type BaselineAnalysis } from '../../src/analysis/baselines.js';
import { compareWithBest, type BestComparison } from '../../src/analysis/comparisons.js';
import type { NewRunEvent } from '../../src/core/run-folder/event.js';
import { encodeFloats } from '../../src/core/run-folder/float-list.js';
import type { SweepDatabase } from '../../src/core/store/database.js';
import { listRuns } from '../../src/core/store/run-queries.js';
import type { RunRow } from '../../src/core/store/run-row.js';
import { epoch, exampleRunWith, inRecordedSweep, started } from '../core/store/example-runs.js';

interface Recorded {
  readonly seed: number;
  readonly tokens?: number;
  /** NLL of each test text. */
  readonly texts?: readonly number[];
  /** NLL of the unigram model on the test texts. */
  readonly unigram?: number;
}

function eventsOf({ texts, unigram }: Recorded): NewRunEvent[] {
  const scores = (nll: number): { nll: number; top1: number } => ({ nll, top1: 0.25 });
  return [
    started(),
    epoch(0, 50),
    ...(texts === undefined
      ? []
      : [
          {
            type: 'evaluated' as const,
            split: 'test' as const,
            epoch: 0,
            ...scores(50),
            textNll: encodeFloats(texts),
          },
        ]),
    ...(unigram === undefined
      ? []
      : [
          {
            type: 'baselines' as const,
            models: [
              { name: 'unigram', val: scores(unigram - 1), test: scores(unigram) },
              { name: '5-gram', val: scores(unigram - 9), test: scores(unigram - 8) },
            ],
          },
        ]),
    { type: 'completed', reason: 'max-epochs', seconds: 1 },
  ];
}

/** What `look` finds in a sweep of these runs. */
function inSweep<T>(
  recorded: readonly Recorded[],
  look: (db: SweepDatabase, runs: readonly RunRow[]) => T,
): T {
  const runs = recorded.map((run) => ({ file: exampleRunWith(run), events: eventsOf(run) }));
  return inRecordedSweep('scores', runs, (db) => look(db, listRuns(db, { sweep: 'scores' })));
}

/** The runs of a sweep ranked in their order. */
function comparisonOf(recorded: readonly Recorded[]): BestComparison | null {
  return inSweep(recorded, (db, runs) =>
    compareWithBest(db, runs, new Map(runs.map((run, index) => [run.id, index + 1]))),
  );
}

describe('compareWithBest', () => {
  const BEST = { seed: 1, texts: [10, 20, 30, 40, 50, 60] };

  it('tells a run that is worse on every text from one that is worse on some', () => {
    const found = comparisonOf([
      BEST,
      { seed: 2, texts: [12, 22, 32, 42, 52, 62] },
      { seed: 3, texts: [16, 14, 36, 34, 56, 54] },
    ]);
    expect(found?.reference.name).toBe('case-a');
    expect(found?.runs).toMatchObject([
      { name: 'case-b', difference: 2, isTied: false, n: 6, ranks: { best: 2, worst: 3 } },
      { name: 'case-c', difference: 0, isTied: true, n: 6, ranks: { best: 1, worst: 3 } },
    ]);
    expect(found?.reference.ranks).toEqual({ best: 1, worst: 2 });
  });

  it('leaves out runs of other texts, of another length, without scores and without a rank', () => {
    const other = [
      { seed: 2, texts: [1, 2] },
      { seed: 3, tokens: 24, texts: BEST.texts },
      { seed: 4 },
    ];
    expect(comparisonOf([BEST, ...other])).toBeNull();
    expect(comparisonOf([{ seed: 4 }, BEST])).toBeNull();
    expect(inSweep([BEST, BEST], (db, runs) => compareWithBest(db, runs, new Map()))).toBeNull();
  });
});

describe('baselinesOf', () => {
  const baselines = (recorded: readonly Recorded[]): BaselineAnalysis[] =>
    inSweep(recorded, baselinesOf);

  it('names each model once for the same texts, the best first, from the first run that has it', () => {
    const runs = [{ seed: 1 }, { seed: 2, unigram: 60 }, { seed: 3, unigram: 60 }];
    const found = baselines(runs);
    expect(found.map(({ name, test }) => [name, test.nll])).toEqual([
      ['5-gram', 52],
      ['unigram', 60],
    ]);
    expect(found[1]).toMatchObject({
      runId: exampleRunWith({ seed: 2 }).id,
      seq: 3,
      trainingTexts: 256,
      tokens: 20,
      val: { nll: 59, top1: 0.25 },
    });
  });

  it('names them again for texts of another length', () => {
    const found = baselines([
      { seed: 1, unigram: 60 },
      { seed: 1, tokens: 24, unigram: 70 },
    ]);
    expect(found.map(({ tokens, test }) => [tokens, test.nll])).toEqual([
      [20, 52],
      [20, 60],
      [24, 62],
      [24, 70],
    ]);
  });
});

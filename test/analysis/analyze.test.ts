import { describe, expect, it } from 'vitest';
import { analyzeSweep } from '../../src/analysis/analyze.js';
import { rankRuns } from '../../src/analysis/objective.js';
import type { RunAnalysis, SweepAnalysis } from '../../src/analysis/sweep-analysis.js';
import { epochMetrics } from '../../src/core/store/metric-queries.js';
import { listRuns } from '../../src/core/store/run-queries.js';
import { SweepError } from '../../src/core/errors.js';
import { replicateTable } from '../../src/analysis/tables/replicate-table.js';
import { exampleRun, inRecordedSweep, started } from '../core/store/example-runs.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { COOL, HOSTILE_NAME, recordStudy, RUNS, SMALL_NLL, SMALL_TOP1 } from './example-study.js';

function analyzeStudy(sweep: string): SweepAnalysis {
  const { db } = recordStudy(temporaryFolder());
  const analysis = analyzeSweep(db, sweep);
  db.close();
  return analysis;
}

function runOf(analysis: SweepAnalysis, name: string): RunAnalysis {
  const run = analysis.runs.find((candidate) => candidate.name === name);
  if (run === undefined) throw new Error(`no run ${name}`);
  return run;
}

describe('analyzeSweep', () => {
  it('gives the scores of a completed run as they are in the database, unrounded', () => {
    const small = runOf(analyzeStudy('q2'), 'small');
    expect(small).toMatchObject({
      id: RUNS.small.id,
      kind: 'train',
      state: 'completed',
      reason: 'early-stopping',
      rank: 1,
      parameters: 1234,
      seed: 1,
      changes: { 'model.embedding': 8 },
      epochs: 6,
      bestEpoch: 2,
      final: { train: { nll: 97.5 }, val: { nll: 96, top1: 0.801 } },
      best: {
        train: { nll: 97.25 },
        val: { nll: 95.75, top1: 0.806 },
        test: { nll: 98.125, top1: 0.7875 },
      },
      seconds: 125,
      device: 'cpu',
      source: null,
    });
  });

  it('correlates validation NLL and top-1 over the epochs', () => {
    const { correlation } = runOf(analyzeStudy('q2'), 'small');
    // numpy 1.24.2 on [120.5, 101.25, 95.75, 96.5, 97, 96] and [0.71, 0.78, 0.806, 0.8, 0.795, 0.801]
    expect(correlation?.r).toBeCloseTo(-0.9981868918468884, 10);
    expect(correlation?.n).toBe(6);
    expect(correlation?.interval?.low).toBeCloseTo(-0.9998112470571304, 10);
    expect(correlation?.interval?.high).toBeCloseTo(-0.9827046833441264, 10);
  });

  it('ranks the runs that ended by the objective and names the best', () => {
    const analysis = analyzeStudy('q2');
    expect(analysis.best).toEqual({ id: RUNS.small.id, name: 'small', value: 95.75 });
    expect(analysis.runs.map((run) => [run.name, run.state, run.rank])).toEqual([
      ['small', 'completed', 1],
      ['replica', 'completed', 2],
      [HOSTILE_NAME, 'diverged', 3],
      ['broken', 'failed', null],
      ['planned', 'planned', null],
    ]);
  });

  it('groups the runs that differ by the seed only', () => {
    const { replicates } = analyzeStudy('q2');
    expect(replicates).toHaveLength(1);
    expect(replicates[0]?.names).toEqual(['small', 'replica']);
    expect(replicates[0]?.valNll?.mean).toBeCloseTo(96.75, 12);
    expect(replicates[0]?.testNll?.mean).toBeCloseTo(98.875, 12);
    expect(replicates[0]?.testNll?.sd).toBeCloseTo(1.5 / Math.SQRT2, 12);
  });

  it('notes what a reader must know', () => {
    expect(analyzeStudy('q2').notes).toEqual([
      { run: 'replica', text: 'no Pearson r: too few epochs: 2, at least 3 are needed' },
      {
        run: HOSTILE_NAME,
        text: 'diverged: the training NLL of epoch 1 is NaN | <b>; its scores are those of the best epoch before',
      },
      { run: HOSTILE_NAME, text: 'no Pearson r: too few epochs: 1, at least 3 are needed' },
      { run: 'broken', text: 'failed: out of memory; it is not ranked' },
      { run: 'planned', text: 'has not started' },
    ]);
  });

  it('promises no scores of runs that diverged in their first epoch', () => {
    const runs = [1, 2].map((seed) => ({
      file: exampleRun(seed),
      events: [
        started(),
        { type: 'diverged' as const, epoch: 0, nll: 'NaN' as const, message: 'no', seconds: 1 },
      ],
    }));
    const analysis = inRecordedSweep('first', runs, (db) => analyzeSweep(db, 'first'));
    expect(analysis.notes[0]?.text).toBe('diverged: no; no epoch was over, so it has no scores');
    expect(replicateTable(analysis).rows).toEqual([]);
  });

  it('names the source and the temperatures of a run that only samples', () => {
    const analysis = analyzeStudy('q4');
    expect(analysis.best).toBeNull();
    expect(analysis.notes).toEqual([]);
    expect(runOf(analysis, 'cool')).toMatchObject({
      id: COOL.id,
      kind: 'sample',
      rank: null,
      correlation: null,
      source: { key: RUNS.small.key, id: RUNS.small.id, name: 'small' },
      temperatures: [0.1, 1],
    });
  });

  it('is one plain JSON document', () => {
    const analysis = analyzeStudy('q2');
    expect(analysis).toMatchObject({ version: 1, kind: 'analysis', sweep: 'q2' });
    expect(JSON.parse(JSON.stringify(analysis))).toEqual(analysis);
  });

  it('refuses an unknown sweep with the closest names', () => {
    expect(() => analyzeStudy('q3')).toThrow(
      new SweepError('bad-call', {
        message: 'there is no sweep "q3" in the results',
        fix: 'Did you mean q2 or q4? npx sweep ls lists all sweeps.',
      }),
    );
  });
});

describe('rankRuns', () => {
  it('follows the goal, gives equals one place and leaves out unknown metrics', () => {
    const { db } = recordStudy(temporaryFolder());
    const [small, replica, big] = listRuns(db, { sweep: 'q2' });
    db.close();
    if (small === undefined || replica === undefined || big === undefined) {
      throw new Error('the study has three runs with scores');
    }
    const objective = { metric: 'val.top1', goal: 'maximize', isDefault: false } as const;
    const twin = { ...small, id: 'twin' };
    expect([...rankRuns([big, small, twin, replica], objective)]).toEqual([
      [big.id, 4],
      [small.id, 1],
      ['twin', 1],
      [replica.id, 3],
    ]);
    expect(rankRuns([small], { ...objective, metric: 'val.accuracy' }).size).toBe(0);
  });
});

describe('the example study', () => {
  it('is in the database as it was written', () => {
    const { db } = recordStudy(temporaryFolder());
    const epochs = epochMetrics(db, RUNS.small.id);
    db.close();
    expect(epochs.map((epoch) => epoch.valNll)).toEqual(SMALL_NLL);
    expect(epochs.map((epoch) => epoch.valTop1)).toEqual(SMALL_TOP1);
  });
});

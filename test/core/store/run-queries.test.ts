import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runConfigSchema } from '../../../src/core/config/run-schema.js';
import { openForReading, type SweepDatabase } from '../../../src/core/store/database.js';
import { metricSeries } from '../../../src/core/store/metric-queries.js';
import { createRecorder } from '../../../src/core/store/recorder.js';
import { findRun, listRuns, runsByIds } from '../../../src/core/store/run-queries.js';
import { runState } from '../../../src/core/store/run-state.js';
import { measuredStepSeconds } from '../../../src/core/store/step-time-queries.js';
import { findSweep, listSweeps } from '../../../src/core/store/sweep-queries.js';
import {
  exampleRun,
  exampleSweep,
  logOf,
  progress,
  started,
  wholeRun,
  writeRun,
} from './example-runs.js';
import { sharedTemporaryResults, temporaryResults } from '../../support/temporary-results.js';

const paths = sharedTemporaryResults();
const [first, second, third] = [exampleRun(1), exampleRun(2), exampleRun(3)];
const ids = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);
let db: SweepDatabase;

beforeAll(() => {
  const recorder = createRecorder(paths);
  recorder.recordSweep(exampleSweep('q2', [third, first]));
  recorder.recordSweep({
    ...exampleSweep('q3', [second, first]),
    recordedAt: '2026-03-01T00:00:00.000Z',
  });
  for (const run of [first, second, third]) recorder.recordRun(run);
  writeRun(paths, first, logOf(wholeRun()));
  writeRun(paths, second, logOf([started(), progress(0, 2)]));
  recorder.ingest(first.id);
  recorder.ingest(second.id);
  recorder.close();
  db = openForReading(paths.database);
});

afterAll(() => {
  db.close();
});

describe('listSweeps', () => {
  test('gives the sweep that was run last first', () => {
    expect(listSweeps(db).map((sweep) => [sweep.name, sweep.runCount])).toEqual([
      ['q3', 2],
      ['q2', 2],
    ]);
  });
});

describe('findSweep', () => {
  test('suggests the closest name', () => {
    expect(findSweep(db, 'q2').objectiveMetric).toBe('val.nll');
    expect(() => findSweep(db, 'q')).toThrow(
      'there is no sweep "q" in the results\n' +
        '    Did you mean q2 or q3? npx sweep ls lists all sweeps.',
    );
  });
});

describe('listRuns', () => {
  test('gives the runs of a sweep in its order, under its names', () => {
    const rows = listRuns(db, { sweep: 'q3' });
    expect(rows.map((row) => [row.id, row.name, row.changes])).toEqual([
      [second.id, 'case-a', { seed: 2 }],
      [first.id, 'case-b', { seed: 1 }],
    ]);
    expect(rows[1]?.appearances.map(({ sweep, position }) => [sweep, position])).toEqual([
      ['q2', 1],
      ['q3', 1],
    ]);
    expect(ids(listRuns(db, { sweep: 'q3', limit: 1 }))).toEqual([second.id]);
  });

  test('gives all runs, the newest first', () => {
    expect(ids(listRuns(db))).toEqual([third.id, second.id, first.id]);
  });

  test('refuses an unknown sweep', () => {
    expect(() => listRuns(db, { sweep: 'nothing-like-it' })).toThrow(
      'there is no sweep "nothing-like-it" in the results\n    npx sweep ls lists all sweeps.',
    );
  });
});

describe('findRun', () => {
  test.each([
    ['its id', second.id],
    ['the beginning of its id', second.id.slice(0, 6)],
    ['its key', second.key],
    ['sweep/name', 'q3/case-a'],
  ])('knows a run by %s', (_, text) => {
    expect(findRun(db, text).id).toBe(second.id);
  });

  test('knows a run by a name that only one run has, in any number of sweeps', () => {
    expect(findRun(db, 'case-b').id).toBe(first.id);
  });

  test('lists the candidates of a name that several runs have', () => {
    const [a, b] = [`${second.id} (q3/case-a)`, `${third.id} (q2/case-a)`].sort();
    expect(() => findRun(db, 'case-a')).toThrow(
      `"case-a" fits 2 runs\n    Give one of: ${a}, ${b}`,
    );
  });

  test('suggests the closest names of an unknown run', () => {
    expect(() => findRun(db, 'q3/case-z')).toThrow(
      'there is no run "q3/case-z"\n' +
        '    Did you mean q3/case-a, q3/case-b or q2/case-a? npx sweep ls lists all runs.',
    );
  });
});

describe('runsByIds', () => {
  test('keeps the order and leaves out unknown ids', () => {
    expect(ids(runsByIds(db, [third.id, 'unknown', first.id]))).toEqual([third.id, first.id]);
  });
});

describe('a run that only samples', () => {
  test('has a source and no training columns', () => {
    const config = runConfigSchema.parse({
      kind: 'sample',
      sourceKey: first.key,
      model: {},
      sample: { temperatures: [0.5, 1] },
      seed: 1,
    });
    const other = temporaryResults();
    const recorder = createRecorder(other);
    recorder.recordRun({ ...exampleRun(9), config, dataFingerprint: null });
    recorder.close();
    const sampled = openForReading(other.database);
    expect(listRuns(sampled)).toMatchObject([
      {
        kind: 'sample',
        sourceKey: first.key,
        learningRate: null,
        dataSource: null,
        name: exampleRun(9).id,
      },
    ]);
    sampled.close();
  });
});

describe('runState', () => {
  test('looks at the folder and the lease, not at a stored word', () => {
    const states = runsByIds(db, [first.id, second.id, third.id]).map((row) =>
      runState(row, paths),
    );
    expect(states).toEqual(['completed', 'stopped', 'planned']);
  });
});

describe('metricSeries', () => {
  test('gives the values by epoch, from one on', () => {
    const valNll = { split: 'val', name: 'nll', fromEpoch: 0 } as const;
    expect(metricSeries(db, first.id, valNll)).toEqual([50, 40, 45]);
    expect(metricSeries(db, first.id, { ...valNll, fromEpoch: 1 })).toEqual([40, 45]);
    expect(metricSeries(db, second.id, valNll)).toEqual([]);
  });
});

describe('measuredStepSeconds', () => {
  test('takes the mean of the epochs, or the rate so far within the first', () => {
    const steps = measuredStepSeconds(db, 'machine');
    expect(steps.map((row) => [row.runId, row.stepSeconds, row.evaluateSeconds])).toEqual([
      [first.id, 0.5, 1],
      [second.id, 32 / 64, null],
    ]);
    expect(measuredStepSeconds(db, 'another')).toEqual([]);
    expect(measuredStepSeconds(db)).toHaveLength(2);
  });
});

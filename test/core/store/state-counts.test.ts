import { beforeEach, expect, test } from 'vitest';
import type { ResultsPaths } from '../../../src/core/run-folder/paths.js';
import { writeLease } from '../../../src/core/run-folder/hold-lease.js';
import { openForReading } from '../../../src/core/store/database.js';
import { createRecorder } from '../../../src/core/store/recorder.js';
import { listRuns } from '../../../src/core/store/run-queries.js';
import { runState } from '../../../src/core/store/run-state.js';
import { countStates } from '../../../src/core/store/state-counts.js';
import {
  epoch,
  exampleRun,
  exampleSweep,
  logOf,
  started,
  wholeRun,
  writeRun,
} from './example-runs.js';
import { temporaryResults } from '../../support/temporary-results.js';

let paths: ResultsPaths;

beforeEach(() => {
  paths = temporaryResults();
});

test('states are counted as looking at each run gives them, a run that is named twice once', () => {
  const logs = [
    logOf(wholeRun()),
    logOf(wholeRun()),
    undefined,
    logOf([started(), epoch(0, 50)]),
    logOf([started(), { type: 'failed', message: 'broke', stack: null }]),
    logOf([started()]),
    logOf([
      started(),
      { type: 'diverged', epoch: 0, nll: 'NaN', message: 'no number', seconds: 1 },
    ]),
  ];
  const runs = logs.map((_, index) => exampleRun(index + 1));
  const recorder = createRecorder(paths);
  for (const [index, run] of runs.entries()) {
    writeRun(paths, run, logs[index]);
    recorder.ingest(run.id);
  }
  recorder.recordSweep(exampleSweep('all', [...runs, runs[0]!, exampleRun(99)]));
  recorder.recordSweep(exampleSweep('one', [runs[2]!]));
  recorder.close();
  writeLease(paths.run(runs[5]!.id).lease); // by this process, which lives

  const db = openForReading(paths.database);
  const counts = countStates(db, paths);
  expect([...(counts.get('all') ?? [])]).toEqual([
    ['planned', 1],
    ['running', 1],
    ['completed', 2],
    ['diverged', 1],
    ['failed', 1],
    ['stopped', 1],
  ]);
  expect([...(counts.get('one') ?? [])]).toEqual([['planned', 1]]);
  const states = listRuns(db, { sweep: 'all' }).map((row) => runState(row, paths));
  for (const [state, count] of counts.get('all') ?? [])
    expect(states.filter((other) => other === state)).toHaveLength(count);
  db.close();
});

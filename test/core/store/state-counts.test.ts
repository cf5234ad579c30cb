import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import type { ResultsPaths } from '../../../src/core/run-folder/paths.js';
import { forget } from '../../../src/core/store/forget.js';
import { openForReading } from '../../../src/core/store/database.js';
import { loadSqlite } from '../../../src/core/store/load-sqlite.js';
import { migrate, readMigrations } from '../../../src/core/store/migrations.js';
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
import { writeLease } from '../../support/write-lease.js';

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
  writeLease(paths.run(runs[5]!.id).attempt(1).lease); // by this process, which lives

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

/** Something that changes which members of a sweep are recorded. */
const change = fc.oneof(
  fc.record({ list: fc.array(fc.nat(4), { maxLength: 6 }), sweep: fc.constantFrom('a', 'b') }),
  fc.record({ add: fc.array(fc.nat(4), { maxLength: 3 }), at: fc.nat(4) }),
  fc.record({ run: fc.nat(4) }),
  fc.record({ forget: fc.nat(4) }),
);

test('members are known to be recorded in whatever order lists and runs come and go', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
      const results = temporaryResults();
      const recorder = createRecorder(results);
      recorder.recordSweep(exampleSweep('a', []));
      for (const step of changes) {
        const runs = (numbers: readonly number[]) => numbers.map((number) => exampleRun(number));
        if ('list' in step) recorder.recordSweep(exampleSweep(step.sweep, runs(step.list)));
        if ('add' in step)
          recorder.addSweepRuns('a', step.at, exampleSweep('a', runs(step.add)).runs, 1);
        if ('run' in step) recorder.recordRun(exampleRun(step.run));
        if ('forget' in step)
          forget(results, { runIds: [exampleRun(step.forget).id], sweep: null });
      }
      recorder.close();
      const db = openForReading(results.database);
      const wrong = db.prepare(`SELECT * FROM sweep_runs
        WHERE is_recorded <> EXISTS (SELECT 1 FROM runs WHERE id = run_id)`);
      expect(wrong.all()).toEqual([]);
      db.close();
    }),
    { numRuns: 30 },
  );
});

test('a database from before that was written down learns which members are recorded', () => {
  const db = new (loadSqlite())(paths.database);
  migrate(db, readMigrations().slice(0, 6));
  db.exec(`
    INSERT INTO sweeps (name, definition_file, definition_text, created_at, updated_at) VALUES ('old', '', '', '', '');
    INSERT INTO runs (id, key, config, parameters, created_at) VALUES ('there', 'k', '{}', 1, '');
    INSERT INTO sweep_runs (sweep, position, name, run_id, changes) VALUES
      ('old', 0, 'a', 'there', '{}'), ('old', 1, 'b', 'gone', '{}')`);
  migrate(db, readMigrations().slice(0, 7));
  expect(db.prepare('SELECT run_id, is_recorded FROM sweep_runs').all()).toEqual([
    { run_id: 'there', is_recorded: 1 },
    { run_id: 'gone', is_recorded: 0 },
  ]);
  db.close();
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sweepTotals } from '../../../src/core/store/dashboard-totals-queries.js';
import { TABLE_SORTS } from '../../../src/core/store/dashboard-scope.js';
import { orderedTable } from '../../../src/core/store/dashboard-table-order.js';
import { type TableQuery, tableRows } from '../../../src/core/store/dashboard-table-queries.js';
import { openForReading, type SweepDatabase } from '../../../src/core/store/database.js';
import { loadSqlite } from '../../../src/core/store/load-sqlite.js';
import { migrate, readMigrations } from '../../../src/core/store/migrations.js';
import { rebuildDatabase } from '../../../src/core/store/rebuild-database.js';
import { createRecorder } from '../../../src/core/store/recorder.js';
import { findRun, listRuns } from '../../../src/core/store/run-queries.js';
import { countStates } from '../../../src/core/store/state-counts.js';
import { findSweep } from '../../../src/core/store/sweep-queries.js';
import {
  readSweepRecord,
  type SweepRecord,
  sweepRecordFile,
} from '../../../src/core/store/sweep-record.js';
import { listWaitingRuns } from '../../../src/core/store/waiting-runs.js';
import { temporaryResults } from '../../support/temporary-results.js';
import { allRows, exampleRun, exampleSweep, logOf, wholeRun, writeRun } from './example-runs.js';

const REASON = 'the best of q2 is known once 2 runs have ended';
const [FIRST, LAST] = [exampleRun(1), exampleRun(2)];
const WAITING = {
  name: 'on-the-best',
  waitingFor: REASON,
  changes: { 'dataset.limit': 1000 },
  replicate: null,
};
const QUERY: TableQuery = {
  sweep: 'q3',
  objective: { metric: 'val.nll', goal: 'minimize' },
  live: [],
  sort: 'plan',
  isReversed: false,
  filter: '',
  group: null,
};

/** Three runs, of which the second waits for another sweep's best. */
function recorded(look: (db: SweepDatabase, paths: ReturnType<typeof temporaryResults>) => void) {
  const paths = temporaryResults();
  const sweep = exampleSweep('q3', [FIRST, LAST]);
  const [first, last] = sweep.runs;
  const record: SweepRecord = { ...sweep, runs: [first!, WAITING, last!] };
  mkdirSync(paths.sweep('q3'), { recursive: true });
  writeFileSync(sweepRecordFile(paths.sweep('q3')), JSON.stringify(record));
  writeRun(paths, FIRST, logOf(wholeRun()));
  writeRun(paths, LAST);
  const recorder = createRecorder(paths);
  recorder.ingestAll();
  recorder.close();
  const db = openForReading(paths.database);
  try {
    look(db, paths);
  } finally {
    db.close();
  }
}

test('a run that waits stands at its place of the table, in every order once', () => {
  recorded((db) => {
    expect(tableRows(db, QUERY, [0, 1, 2])[1]).toEqual({
      position: 1,
      runId: null,
      state: 'waiting',
      ...{ name: 'on-the-best', changes: WAITING.changes, waitingFor: REASON },
    });
    for (const sort of TABLE_SORTS)
      for (const isReversed of [false, true])
        expect([...orderedTable(db, { ...QUERY, sort, isReversed }).order].toSorted()).toEqual([
          0, 1, 2,
        ]);
    expect([...orderedTable(db, { ...QUERY, filter: 'wait' }).order]).toEqual([1]);
    expect([...orderedTable(db, { ...QUERY, filter: 'limit' }).order]).toEqual([1]);
    expect(orderedTable(db, { ...QUERY, group: 'seed' }).groups.map(({ runs }) => runs)).toEqual([
      1, 1, 1,
    ]);
  });
});

test('it is counted, listed, and named as one that waits', () => {
  recorded((db, paths) => {
    const { states, runs } = sweepTotals(db, 'q3', []);
    expect([states.get('waiting'), runs, findSweep(db, 'q3').runCount]).toEqual([1, 3, 3]);
    expect(countStates(db, paths).get('q3')?.get('waiting')).toBe(1);
    expect(listWaitingRuns(db, 'q3')).toEqual([{ sweep: 'q3', ...WAITING }]);
    expect(listRuns(db, { sweep: 'q3' })).toHaveLength(2);
    for (const text of ['on-the-best', 'q3/on-the-best'])
      expect(() => findRun(db, text)).toThrow(
        `the run ${JSON.stringify(text)} is not known yet: ${REASON}`,
      );
  });
});

test('it takes its place as a run when it is known, and a rebuilt database has the same', () => {
  recorded((db, paths) => {
    const before = allRows(db);
    rebuildDatabase(paths);
    const rebuilt = openForReading(paths.database);
    expect(allRows(rebuilt)).toEqual(before);
    rebuilt.close();

    const known = exampleRun(3);
    writeRun(paths, known);
    const record = readSweepRecord(paths.sweep('q3'))!;
    const { name, changes, replicate } = WAITING;
    const runs = record.runs.with(1, { name, changes, replicate, runId: known.id });
    const recorder = createRecorder(paths);
    recorder.ingest(known.id);
    recorder.recordSweep({ ...record, runs });
    recorder.close();
    const after = openForReading(paths.database);
    expect(tableRows(after, QUERY, [1])).toMatchObject([{ runId: known.id, state: 'planned' }]);
    expect(listWaitingRuns(after, 'q3')).toEqual([]);
    after.close();
  });
});

test('a database from before waiting runs were listed keeps its lists', () => {
  const paths = temporaryResults();
  const db = new (loadSqlite())(paths.database);
  migrate(db, readMigrations().slice(0, 4));
  db.exec(`INSERT INTO sweeps (name, definition_file, definition_text, created_at, updated_at)
      VALUES ('old', 'old.yaml', '', '', '');
    INSERT INTO sweep_runs VALUES ('old', 0, 'a', 'abc', '{}', 2)`);
  migrate(db, readMigrations());
  expect(db.prepare('SELECT * FROM sweep_runs').all()).toEqual([
    {
      ...{ sweep: 'old', position: 0, name: 'a', run_id: 'abc', changes: '{}', replicate: 2 },
      waiting_for: null,
      is_recorded: 0,
    },
  ]);
  db.close();
});

import { afterAll, expect, test } from 'vitest';
import { readRunLog } from '../../../src/core/run-folder/run-log.js';
import { deriveRunState, outcomeOf } from '../../../src/core/run-folder/run-state.js';
import { bestRun, liveRuns } from '../../../src/core/store/dashboard-overview-queries.js';
import { sweepTotals } from '../../../src/core/store/dashboard-totals-queries.js';
import { TABLE_SORTS } from '../../../src/core/store/dashboard-scope.js';
import { orderedTable } from '../../../src/core/store/dashboard-table-order.js';
import {
  sweptKeys,
  type RecordedRow,
  type TableQuery,
  tableRows,
} from '../../../src/core/store/dashboard-table-queries.js';
import { openForReading } from '../../../src/core/store/database.js';
import { runsByIds } from '../../../src/core/store/run-queries.js';
import { createExampleStudy } from '../../tui/example-study.js';
import { sharedTemporaryResults } from '../../support/temporary-results.js';

const study = createExampleStudy(sharedTemporaryResults());
const db = openForReading(study.paths.database);
afterAll(() => {
  db.close();
});
const live = [study.runs.busy.id];
const QUERY: TableQuery = {
  sweep: 'study',
  objective: { metric: 'val.nll', goal: 'minimize' },
  live,
  sort: 'plan',
  isReversed: false,
  filter: '',
  group: null,
};
const ALL = ['done', 'better', 'busy', 'killed', 'broken', 'wild', 'later'];

const rowsOf = (fields: Partial<TableQuery> = {}): RecordedRow[] =>
  tableRows(db, QUERY, [...orderedTable(db, { ...QUERY, ...fields }).order]).filter(
    (row) => row.runId !== null,
  );

const names = (fields: Partial<TableQuery> = {}): string[] =>
  rowsOf(fields).map(({ name }) => name);

test('the order of a table is given up from inside when nobody wants it any more', () => {
  const nobody = (): void => {
    throw new Error('nobody wants it');
  };
  expect(() => orderedTable(db, QUERY, nobody)).toThrow('nobody wants it');
  expect([...orderedTable(db, QUERY, () => undefined).order]).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test('a row has the state that the folder of its run says', () => {
  for (const { name, runId, state } of rowsOf()) {
    const run = study.paths.run(runId);
    const { events, cursor } = readRunLog(run);
    const outcome = outcomeOf(events);
    const folder = deriveRunState(run, { attempt: cursor.attempt, outcome });
    expect({ name, state }).toEqual({ name, state: folder });
  }
});

test('in every order the table has every run once', () => {
  for (const sort of TABLE_SORTS) {
    for (const isReversed of [false, true]) {
      for (const group of [null, 'train.learningRate'])
        expect(names({ sort, isReversed, group }).toSorted()).toEqual(ALL.toSorted());
    }
  }
  expect(names()).toEqual(ALL);
  expect(names({ isReversed: true })).toEqual(ALL.toReversed());
});

test('rows come in the order that they are asked for in; where there is no run, there is no row', () => {
  expect(tableRows(db, QUERY, [5, 99, 1]).map(({ name }) => name)).toEqual(['wild', 'better']);
});

test('runs are sorted by the objective, and those without a value come last both ways', () => {
  expect(names({ sort: 'best' })).toEqual([
    ...['better', 'done', 'busy', 'killed', 'wild'],
    ...['broken', 'later'],
  ]);
  expect(names({ sort: 'best', isReversed: true })).toEqual([
    ...['wild', 'killed', 'busy', 'done', 'better'],
    ...['broken', 'later'],
  ]);
  const top1 = { metric: 'val.top1', goal: 'maximize' } as const;
  expect(names({ sort: 'best', objective: top1 }).slice(0, 2)).toEqual(['better', 'done']);
});

test('a sweep by states has first what needs a look', () => {
  expect(names({ sort: 'state' })).toEqual([
    ...['busy', 'broken', 'wild', 'killed', 'later'],
    ...['done', 'better'],
  ]);
});

test('a filter finds names, ids, values and states, and needs all its words', () => {
  expect(names({ filter: 'b' })).toEqual(['better', 'busy', 'broken']);
  expect(names({ filter: 'fail' })).toEqual(['broken']);
  expect(names({ filter: study.runs.wild.id.slice(0, 8) })).toEqual(['wild']);
  expect(names({ filter: '0.001' })).toEqual(['better', 'killed', 'wild']);
  expect(names({ filter: '0.001 COMPLETED' })).toEqual(['better']);
  expect(names({ filter: '%' })).toEqual([]);
  expect(names({ filter: "'; --" })).toEqual([]);
});

test('groups follow their values as numbers and have the best of their runs', () => {
  const query = { ...QUERY, group: 'train.learningRate' };
  expect(orderedTable(db, query).groups).toEqual([
    { value: '0.001', runs: 3, best: 38.5 },
    { value: '0.01', runs: 4, best: 40 },
  ]);
  expect(names({ group: 'train.learningRate' })).toEqual([
    ...['better', 'killed', 'wild'],
    ...['done', 'busy', 'broken', 'later'],
  ]);
  expect(orderedTable(db, QUERY).groups).toEqual([]);
  expect(orderedTable(db, { ...QUERY, group: 'no such "key"' }).groups).toEqual([
    { value: null, runs: 7, best: 38.5 },
  ]);
});

test('the keys that vary are named in their order', () => {
  expect(sweptKeys(db, 'study')).toEqual(['train.learningRate', 'seed']);
});

test('states are counted, with the time that all runs took', () => {
  const held = sweepTotals(db, 'study', [`${study.runs.busy.id} stalled`]).states;
  expect([held.get('stalled'), held.get('running')]).toEqual([1, undefined]);
  const { states, runs, seconds } = sweepTotals(db, 'study', live);
  expect(Object.fromEntries(states)).toEqual({
    completed: 2,
    diverged: 1,
    failed: 1,
    planned: 1,
    running: 1,
    stopped: 1,
  });
  expect(runs).toBe(7);
  const rows = rowsOf().map(({ runId }) => runsByIds(db, [runId])[0]);
  expect(seconds).toBe(rows.reduce((sum, row) => sum + (row?.totalSeconds ?? 0), 0));
});

test('the best run counts even while it goes on', () => {
  expect(bestRun(db, 'study', QUERY.objective)).toMatchObject({ name: 'better', value: 38.5 });
  const worst = { metric: 'val.nll', goal: 'maximize' } as const;
  expect(bestRun(db, 'study', worst)).toMatchObject({ name: 'wild', value: 70 });
  expect(bestRun(db, 'study', { metric: 'val.other', goal: 'minimize' })).toBeNull();
});

test('living runs have their speed, and only begun ones that have not ended may live', () => {
  const [busy] = liveRuns(db, 'study', live);
  expect(busy).toMatchObject({ id: study.runs.busy.id, epochs: 2, textsPerSecond: 64 });
  expect(sweepTotals(db, 'study', live).open).toEqual(
    [`${study.runs.busy.id} 1`, `${study.runs.killed.id} 1`].toSorted(),
  );
});

test('a stalled run lives too', () => {
  const stalled = [`${study.runs.busy.id} stalled`];
  expect(liveRuns(db, 'study', stalled).map(({ id }) => id)).toEqual([study.runs.busy.id]);
});

test('work is known by size: what is left and what it took so far', () => {
  const groups = sweepTotals(db, 'study', live).work;
  const unfinished = groups.filter((group) => group.unfinished > 0);
  // killed, broken, later
  expect(unfinished.map(({ parameters }) => parameters)).toEqual([4000, 5000, 7000]);
  expect(groups.find(({ parameters }) => parameters === 1000)).toMatchObject({
    completed: 1,
    epochs: 3,
    epochSeconds: 15,
    fewestEpochs: 3,
    mostEpochs: 3,
  });
});

import { cleanup } from 'ink-testing-library';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { sizePoints } from '../../src/core/store/answer-queries.js';
import { openForReading, openForWriting } from '../../src/core/store/database.js';
import { createRecorder } from '../../src/core/store/recorder.js';
import { DashboardModel } from '../../src/tui/model/dashboard-model.js';
import { exampleRun, exampleSweep, logOf, wholeRun, writeRun } from '../core/store/example-runs.js';
import { sharedTemporaryResults } from '../support/temporary-results.js';
import { HeldReader } from './held-reader.js';
import { renderDashboard } from './render-dashboard.js';
import { settle } from './settle.js';
import { TestScreen } from './test-screen.js';

const MANY = 5000;
const FEW = 40;
const ROWS = 24;
const DOWN = '\u001b[B';
const PAGE_DOWN = '\u001b[6~';
const END = '\u001b[F';

const paths = sharedTemporaryResults();

/** One run is recorded as usual; the others are copies of its row. */
beforeAll(() => {
  const run = exampleRun();
  writeRun(paths, run, logOf(wholeRun()));
  const recorder = createRecorder(paths);
  recorder.ingest(run.id);
  for (const name of ['few', 'many']) recorder.recordSweep(exampleSweep(name, []));
  recorder.close();
  const db = openForWriting(paths.database);
  const numbers = `WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < ?)`;
  db.prepare(
    `${numbers} INSERT INTO runs (id, key, config, parameters, created_at, outcome, epochs, best_val_nll)
     SELECT printf('%012x', n), n, config, parameters, created_at, outcome, epochs, n * 7919 % 997
     FROM numbers, (SELECT * FROM runs)`,
  ).run(MANY);
  for (const [sweep, runs] of [
    ['few', FEW],
    ['many', MANY],
  ])
    db.prepare(
      `${numbers} INSERT INTO sweep_runs (sweep, position, name, run_id, changes)
       SELECT '${sweep}', n, 'run-' || n, printf('%012x', n), json_object('seed', n) FROM numbers`,
    ).run(runs);
  db.close();
});

/** What each statement gave, by its SQL. */
const given: { readonly sql: string; readonly rows: number }[] = [];
interface Statement {
  readonly source: string;
  all: (...parameters: unknown[]) => unknown[];
  get: (...parameters: unknown[]) => unknown;
}

let restore = (): void => undefined;
beforeAll(() => {
  const db = openForReading(paths.database);
  const prototype = Reflect.getPrototypeOf(db.prepare('SELECT 1')) as Statement;
  db.close();
  const { all, get } = prototype;
  prototype.all = function (this: Statement, ...parameters) {
    const rows = all.apply(this, parameters);
    given.push({ sql: this.source, rows: rows.length });
    return rows;
  };
  prototype.get = function (this: Statement, ...parameters) {
    given.push({ sql: this.source, rows: 1 });
    return get.apply(this, parameters);
  };
  restore = () => Object.assign(prototype, { all, get });
});
afterAll(() => {
  restore();
});
afterEach(cleanup);

/** Presses keys in the table of a sweep; what was asked of the database for each, and the last picture. */
async function press(sweep: string, keys: readonly string[]) {
  const { model, shown } = await open(new DashboardModel(paths, sweep));
  const asked: (readonly { readonly sql: string; readonly rows: number }[])[] = [];
  for (const key of keys) {
    given.length = 0;
    shown.stdin.write(key);
    await settle();
    asked.push([...given]);
  }
  const frame = shown.lastFrame();
  model.close();
  vi.useRealTimers();
  return { asked, frame };
}

/** Shows a sweep; nothing is looked at by itself. */
async function open(model: DashboardModel) {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const shown = renderDashboard(model, { screen: new TestScreen(100, ROWS) });
  await settle();
  return { model, shown };
}

test('moving asks the same of the database however many runs there are: for the rows on the screen', async () => {
  const keys = [DOWN, PAGE_DOWN, PAGE_DOWN, DOWN];
  const few = await press('few', keys);
  const many = await press('many', [...keys, END]);
  const sql = (of: typeof few): string[][] => of.asked.map((one) => one.map((each) => each.sql));
  expect(sql(many).slice(0, keys.length)).toEqual(sql(few));
  for (const key of many.asked) for (const { rows } of key) expect(rows).toBeLessThanOrEqual(ROWS);
  expect(many.asked.flat().some(({ rows }) => rows > 10)).toBe(true);
  expect(many.frame.split('\n')).toHaveLength(ROWS);
  expect(many.frame).toContain(`❯  completed  run-${MANY - 1}`);
});

test('in another order the places of all runs are read once, and then only rows on the screen', async () => {
  const { asked, frame } = await press('many', ['s', PAGE_DOWN, PAGE_DOWN, DOWN, END]);
  const places = asked.map((one) => one.filter(({ rows }) => rows === MANY).length);
  expect(places).toEqual([1, 0, 0, 0, 0]);
  const others = asked.flat().filter(({ rows }) => rows !== MANY);
  for (const { rows } of others) expect(rows).toBeLessThanOrEqual(ROWS);
  expect(frame).toContain('sorted by best');
});

test('keys are heard while a large sweep is counted and sorted, and an older wish is dropped', async () => {
  const db = openForReading(paths.database);
  const reader = new HeldReader(() => db);
  const { model, shown } = await open(
    new DashboardModel(paths, 'many', { startReader: () => reader }),
  );
  const frame = (): string => shown.lastFrame();
  const press = async (key: string): Promise<void> => {
    shown.stdin.write(key);
    await settle();
  };
  expect(frame()).toContain('counting 5,000 runs…');
  await press('s');
  await press('s');
  await press(DOWN);
  expect(frame()).toContain('sorted by plan  sorting by nll…');
  expect(frame()).toContain('❯  completed  run-1 ');
  await press('R');
  expect(frame()).toContain('Looking for failed and stopped runs.');
  await press(DOWN);
  reader.answerAll();
  await vi.advanceTimersByTimeAsync(250);
  await settle();
  expect(frame()).toContain('5,000 completed');
  expect(frame()).toContain('sorted by nll ─');
  expect(frame()).not.toContain('Try all again?');
  expect(frame()).not.toContain('No run has failed');
  model.close();
  db.close();
  vi.useRealTimers();
});

test('a plot has no more points than a screen can tell apart, and keeps the extremes', () => {
  const db = openForReading(paths.database);
  const points = sizePoints(db, 'many', { metric: 'val.nll', goal: 'minimize' });
  db.close();
  const values = points.map(({ value }) => value);
  expect([Math.min(...values), Math.max(...values)]).toEqual([0, 996]);
  expect(points.length).toBeGreaterThan(100);
  expect(points.length).toBeLessThan(130);
});

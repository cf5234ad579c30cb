import { beforeEach, expect, test } from 'vitest';
import { listedRuns } from '../../src/cli/listed-runs.js';
import { withStore } from '../../src/cli/open-store.js';
import { runJson } from '../../src/cli/run-json.js';
import type { ResultsPaths } from '../../src/core/run-folder/paths.js';
import { createRecorder } from '../../src/core/store/recorder.js';
import { listRuns } from '../../src/core/store/run-queries.js';
import {
  exampleRun,
  exampleSweep,
  logOf,
  started,
  wholeRun,
  writeRun,
} from '../core/store/example-runs.js';
import { temporaryResults } from '../support/temporary-results.js';

let paths: ResultsPaths;
const [finished, failed, planned, gone] = [1, 2, 3, 4].map((number) => exampleRun(number));

beforeEach(() => {
  paths = temporaryResults();
  const recorder = createRecorder(paths);
  writeRun(paths, finished!, logOf(wholeRun()));
  writeRun(paths, failed!, logOf([started(), { type: 'failed', message: 'broke', stack: null }]));
  writeRun(paths, planned!);
  for (const { id } of [finished!, failed!, planned!]) recorder.ingest(id);
  const sweep = exampleSweep('listed', [planned!, finished!, failed!, finished!, gone!]);
  const runs = sweep.runs.map((run, index) => ({ ...run, name: `r${index}` }));
  recorder.recordSweep({ ...sweep, runs });
  recorder.close();
});

test('the lines of a list are in its order, a run that is named twice refers to its first name', () => {
  const lines = withStore({ results: paths.folder }, (store) =>
    listedRuns(store, { sweep: 'listed' }),
  );
  expect(lines.map(({ name, state, sameAs }) => [name, state, sameAs])).toEqual([
    ['r0', 'planned', null],
    ['r1', 'completed', null],
    ['r2', 'failed', null],
    ['r3', 'completed', 'r1'],
  ]);
});

test('some of them are had by their number or by how they ended', () => {
  withStore({ results: paths.folder }, (store) => {
    const some = listedRuns(store, { sweep: 'listed', limit: 2 });
    expect(some.map(({ name }) => name)).toEqual(['r0', 'r1']);
    const ended = listedRuns(store, { sweep: 'listed', outcome: 'failed' });
    expect(ended.map(({ name, outcomeMessage }) => [name, outcomeMessage])).toEqual([
      ['r2', 'broke'],
    ]);
  });
});

test('a line says what the whole row of its run says', () => {
  withStore({ results: paths.folder }, (store) => {
    const rows = listRuns(store.db, { sweep: 'listed' }).map((row) => runJson(row, paths));
    const lines = listedRuns(store, { sweep: 'listed' }).filter(({ sameAs }) => sameAs === null);
    expect(rows).toHaveLength(lines.length);
    for (const [index, { sameAs, ...line }] of lines.entries())
      expect(rows[index]).toMatchObject(line);
  });
});

import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeAnnotations } from '../../../src/core/run-folder/annotations.js';
import {
  coordinatorLease,
  createCoordinator,
  latestCoordinator,
} from '../../../src/core/run-folder/coordinators.js';
import { newOwner } from '../../../src/core/run-folder/exclusive-folder.js';
import { type Holder, ownHolder } from '../../../src/core/run-folder/holder.js';
import { type ResultsPaths, resultsPaths } from '../../../src/core/run-folder/paths.js';
import { openForReading, type SweepDatabase } from '../../../src/core/store/database.js';
import { openUpToDate } from '../../../src/core/store/open-up-to-date.js';
import { createRecorder } from '../../../src/core/store/recorder.js';
import { findRun, listRuns } from '../../../src/core/store/run-queries.js';
import { sweepPartFile, sweepRecordFile } from '../../../src/core/store/sweep-record.js';
import { listSweeps } from '../../../src/core/store/sweep-queries.js';
import { appendTo } from '../../support/open-attempt.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { ELSEWHERE, ENDED, writeLease } from '../../support/write-lease.js';
import {
  allRows,
  epoch,
  exampleRun,
  exampleSweep,
  logOf,
  started,
  wholeRun,
  writeRun,
} from './example-runs.js';

const [FIRST, SECOND] = [exampleRun(1), exampleRun(2)];

/** One results folder as two hosts see it, each with a database of its own. */
function twoHosts(): { readonly here: ResultsPaths; readonly there: ResultsPaths } {
  const folder = temporaryFolder();
  return {
    here: resultsPaths(folder, join(temporaryFolder(), 'cache', 'sweep.db')),
    there: resultsPaths(folder),
  };
}

/** What a look finds. */
function look<T>(paths: ResultsPaths, read: (db: SweepDatabase) => T): T {
  const problems: string[] = [];
  const db = openUpToDate(paths, {
    onProgress: () => undefined,
    onProblem: ({ message }) => problems.push(message),
  });
  try {
    expect(problems).toEqual([]);
    return read(db);
  } finally {
    db.close();
  }
}

/** Makes a process the next coordinator of a folder. */
function coordinate(paths: ResultsPaths, holder: Holder): void {
  const number = (latestCoordinator(paths)?.number ?? 0) + 1;
  createCoordinator(paths, number, { owner: newOwner(), holder, database: paths.database });
  writeLease(coordinatorLease(paths, number), { holder });
}

function endCoordinator(paths: ResultsPaths): void {
  rmSync(coordinatorLease(paths, latestCoordinator(paths)?.number ?? 0));
}

const states = (paths: ResultsPaths): unknown =>
  look(paths, (db) => listRuns(db).map(({ id, outcome, epochs }) => [id, outcome, epochs]));

test('without results nothing is made', () => {
  const { here } = twoHosts();
  expect(() => look(here, () => null)).toThrow('No results in');
  expect(existsSync(here.database)).toBe(false);
});

test('a reader on another host sees what the coordinator has done, as it goes', () => {
  const { here, there } = twoHosts();
  coordinate(there, ELSEWHERE);
  writeRun(there, FIRST, logOf([started(), epoch(0, 50)]));
  expect(states(here)).toEqual([[FIRST.id, null, 1]]);
  appendTo(there.run(FIRST.id).attempt(1), epoch(1, 40));
  writeRun(there, SECOND, logOf(wholeRun()));
  expect(states(here)).toEqual([
    [SECOND.id, 'completed', 3],
    [FIRST.id, null, 2],
  ]);
  // Each has what a database has that is built from the folders; neither reads the other's.
  const rows = look(here, allRows);
  const recorder = createRecorder(there);
  recorder.ingestAll();
  recorder.close();
  const db = openForReading(there.database);
  expect(allRows(db)).toEqual(rows);
  db.close();
});

test('what a coordinator left that was killed is taken in by whoever reads next', () => {
  const { there } = twoHosts();
  coordinate(there, ENDED);
  createRecorder(there).close();
  writeRun(there, FIRST, logOf([started(), epoch(0, 50)]));
  expect(states(there)).toEqual([[FIRST.id, null, 1]]);
});

test('while a coordinator of this host writes to the database the folders are not looked at', () => {
  const { here, there } = twoHosts();
  coordinate(there, ownHolder());
  createRecorder(there).close();
  writeRun(there, FIRST, logOf(wholeRun()));
  expect(states(there)).toEqual([]);
  // It does not write to this one.
  expect(states(here)).toEqual([[FIRST.id, 'completed', 3]]);
});

test('when all was taken in and nobody has worked there since, the folders are not looked at again', () => {
  const { here, there } = twoHosts();
  coordinate(there, ELSEWHERE);
  writeRun(there, FIRST, logOf(wholeRun()));
  endCoordinator(there);
  expect(states(here)).toEqual([[FIRST.id, 'completed', 3]]);
  writeRun(there, SECOND, logOf(wholeRun())); // by nobody: it is not seen until somebody works there
  expect(states(here)).toHaveLength(1);
  coordinate(there, ELSEWHERE);
  endCoordinator(there);
  expect(states(here)).toHaveLength(2);
});

test('the end of a run that began here is taken in though its coordinator has ended', () => {
  const { here, there } = twoHosts();
  coordinate(there, ELSEWHERE);
  writeRun(there, FIRST, logOf([started()]));
  const { lease } = there.run(FIRST.id).attempt(1);
  writeLease(lease); // its worker lives on
  endCoordinator(there);
  expect(states(here)).toEqual([[FIRST.id, null, 0]]);
  appendTo(there.run(FIRST.id).attempt(1), epoch(0, 50), { type: 'stopped', reason: 'alone' });
  rmSync(lease);
  expect(states(here)).toEqual([[FIRST.id, 'stopped', 1]]);
});

test('notes, sweeps, their later parts and removals of another host are taken in', () => {
  const { here, there } = twoHosts();
  const folder = there.sweep('q2');
  const write = (runs: readonly (typeof FIRST)[], recordedAt: string): void => {
    mkdirSync(folder, { recursive: true });
    const record = { ...exampleSweep('q2', runs), recordedAt };
    writeFileSync(sweepRecordFile(folder), JSON.stringify(record));
  };
  const seen = (): unknown =>
    look(here, (db) => {
      const noted = listRuns(db).map(({ note }) => note);
      return { sweeps: listSweeps(db).map(({ name, runCount }) => `${name} ${runCount}`), noted };
    });
  coordinate(there, ELSEWHERE);
  for (const run of [FIRST, SECOND]) writeRun(there, run, logOf(wholeRun()));
  write([FIRST], '2026-01-02T03:00:00.000Z');
  expect(seen()).toEqual({ sweeps: ['q2 1'], noted: [null, null] });

  writeAnnotations(there, FIRST.id, { note: 'odd', tags: [] });
  writeFileSync(sweepPartFile(folder, 1), JSON.stringify(exampleSweep('q2', [SECOND])));
  const { runs } = exampleSweep('q2', [SECOND]);
  writeFileSync(sweepPartFile(folder, 1), JSON.stringify({ runs }));
  expect(seen()).toEqual({ sweeps: ['q2 2'], noted: [null, 'odd'] });

  rmSync(sweepPartFile(folder, 1));
  write([SECOND], '2026-01-02T04:00:00.000Z');
  rmSync(there.run(FIRST.id).folder, { recursive: true });
  expect(seen()).toEqual({ sweeps: ['q2 1'], noted: [null] });

  rmSync(folder, { recursive: true });
  expect(seen()).toEqual({ sweeps: [], noted: [null] });
});

test('a note that was written after all was taken in is seen', () => {
  const { here, there } = twoHosts();
  coordinate(there, ELSEWHERE);
  writeRun(there, FIRST, logOf(wholeRun()));
  endCoordinator(there);
  expect(look(here, (db) => findRun(db, FIRST.id).note)).toBeNull();
  writeAnnotations(there, FIRST.id, { note: 'odd', tags: [] });
  expect(look(here, (db) => findRun(db, FIRST.id).note)).toBe('odd');
});

test('a folder of the first format is refused, and no database is made for it', () => {
  const { here } = twoHosts();
  const { folder, runFile } = here.run(FIRST.id);
  mkdirSync(folder, { recursive: true });
  writeFileSync(runFile, JSON.stringify({ ...FIRST, formatVersion: 1 }));
  expect(() => look(here, () => null)).toThrow('it has format 1, this version reads format 2');
  expect(existsSync(here.database)).toBe(false);
});

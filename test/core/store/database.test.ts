import { writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ResultsPaths } from '../../../src/core/run-folder/paths.js';
import { openForReading, openForWriting } from '../../../src/core/store/database.js';
import { databaseVersion, migrate, readMigrations } from '../../../src/core/store/migrations.js';
import { loadSqlite } from '../../../src/core/store/load-sqlite.js';
import { epochMetrics } from '../../../src/core/store/metric-queries.js';
import { rebuildDatabase } from '../../../src/core/store/rebuild-database.js';
import { createRecorder } from '../../../src/core/store/recorder.js';
import { listRuns } from '../../../src/core/store/run-queries.js';
import { epoch, exampleRun, logOf, started, writeRun } from './example-runs.js';
import { temporaryResults } from '../../support/temporary-results.js';

let paths: ResultsPaths;

beforeEach(() => {
  paths = temporaryResults();
});

describe('openForReading', () => {
  test('says what to do when there are no results yet', () => {
    expect(() => openForReading(paths.database)).toThrow(
      `No results in ${paths.folder} yet\n` +
        '    Run a sweep first: npx sweep run experiments/quickstart.yaml',
    );
  });

  test('takes a file without tables for no results', () => {
    writeFileSync(paths.database, '');
    expect(() => openForReading(paths.database)).toThrow('No results in');
  });

  test('says how to build it again where only the database is gone', () => {
    writeRun(paths, exampleRun(1), logOf([started()]));
    const missing =
      `${paths.database}  the database is missing or empty; the runs are there, in ${paths.folder}\n` +
      '    sweep db rebuild builds it again from the folders of the runs; nothing is lost.';
    expect(() => openForReading(paths.database)).toThrow(missing);
    writeFileSync(paths.database, '');
    expect(() => openForReading(paths.database)).toThrow(missing);
  });

  test('refuses a file that is no database', () => {
    writeFileSync(paths.database, 'x'.repeat(4096));
    expect(() => openForReading(paths.database)).toThrow(
      `${paths.database}  the database is damaged: file is not a database\n` +
        '    sweep db rebuild builds it again from the folders of the runs; nothing is lost.',
    );
  });

  test('cannot write', () => {
    openForWriting(paths.database).close();
    const db = openForReading(paths.database);
    expect(() => db.exec('DELETE FROM runs')).toThrow('attempt to write a readonly database');
    db.close();
  });

  test('reads while a recorder writes', () => {
    const run = exampleRun();
    const recorder = createRecorder(paths);
    const writer = openForWriting(paths.database);
    const reader = openForReading(paths.database);
    writeRun(paths, run, logOf([started(), epoch(0, 50)]));
    recorder.ingest(run.id);
    writer.exec('BEGIN IMMEDIATE; UPDATE runs SET epochs = 99');
    expect(listRuns(reader).map((row) => row.epochs)).toEqual([1]);
    writer.exec('COMMIT');
    expect(listRuns(reader).map((row) => row.epochs)).toEqual([99]);
    for (const open of [recorder, writer, reader]) open.close();
  });
});

describe('migrations', () => {
  test('are numbered without gaps', () => {
    const versions = readMigrations().map((migration) => migration.version);
    expect(versions).toEqual(versions.map((_, index) => index + 1));
  });

  test('bring an empty file to the newest version, once', () => {
    const db = openForWriting(paths.database);
    expect(databaseVersion(db)).toBe(readMigrations().length);
    migrate(db, readMigrations());
    expect(databaseVersion(db)).toBe(readMigrations().length);
    db.close();
  });

  test('let what was recorded before be taken in again', () => {
    const run = exampleRun();
    writeRun(
      paths,
      run,
      logOf([started(), epoch(0, 50), { type: 'completed', reason: 'max-epochs', seconds: 9 }]),
    );
    const older = new (loadSqlite())(paths.database);
    migrate(older, readMigrations().slice(0, 1));
    older.exec(`INSERT INTO runs (id, key, config, parameters, created_at, outcome, last_seq)
      VALUES ('${run.id}', '${run.key}', '${JSON.stringify(run.config)}', 1, '${run.createdAt}', 'completed', 3)`);
    older.close();

    const recorder = createRecorder(paths);
    recorder.ingestAll();
    recorder.close();
    const db = openForReading(paths.database);
    expect(epochMetrics(db, run.id).map((row) => [row.epoch, row.seq])).toEqual([[0, 2]]);
    db.close();
  });

  test('are undone as a whole when one fails', () => {
    const db = openForWriting(paths.database);
    const steps = [
      ...readMigrations(),
      { version: 1001, sql: 'CREATE TABLE added (a INTEGER) STRICT' },
      { version: 1002, sql: 'CREATE TABLE runs (a INTEGER) STRICT' },
    ];
    expect(() => {
      migrate(db, steps);
    }).toThrow('table runs already exists');
    expect(databaseVersion(db)).toBe(readMigrations().length);
    expect(db.prepare("SELECT * FROM sqlite_schema WHERE name = 'added'").all()).toEqual([]);
    db.close();
  });

  test.each([
    ['writing', openForWriting],
    ['reading', openForReading],
  ])('refuse a newer database when %s', (_, open) => {
    const db = openForWriting(paths.database);
    db.pragma('user_version = 1000');
    db.close();
    const newest = readMigrations().length;
    expect(() => open(paths.database)).toThrow(
      `${paths.database}  the database has version 1000, this program knows versions up to ${newest}\n` +
        '    Update sweep, or choose another results folder with --results. npx sweep db rebuild builds a database of ' +
        'this version from the folders of the runs, and names those that it cannot read.',
    );
  });

  test.each([
    ['newer', 1000],
    ['older', 1],
  ])('of a %s database are made good by building it again, as its message says', (_, version) => {
    const run = exampleRun();
    writeRun(paths, run, logOf([started(), epoch(0, 50)]));
    const other = new (loadSqlite())(paths.database);
    migrate(other, readMigrations().slice(0, 1));
    other.pragma(`user_version = ${version}`);
    other.close();
    expect(() => openForReading(paths.database)).toThrow(/npx sweep db rebuild/);
    rebuildDatabase(paths);
    const db = openForReading(paths.database);
    expect(epochMetrics(db, run.id)).toHaveLength(1);
    db.close();
  });
});

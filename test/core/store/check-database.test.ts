import {
  closeSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ResultsPaths } from '../../../src/core/run-folder/paths.js';
import { writeAnnotations } from '../../../src/core/run-folder/annotations.js';
import { checkDatabase } from '../../../src/core/store/check-database.js';
import { openForWriting } from '../../../src/core/store/database.js';
import { readMigrations } from '../../../src/core/store/migrations.js';
import { rebuildDatabase } from '../../../src/core/store/rebuild-database.js';
import { createRecorder } from '../../../src/core/store/recorder.js';
import {
  exampleRun,
  exampleSweep,
  logOf,
  started,
  wholeRun,
  writeAttempt,
  writeRun,
} from './example-runs.js';
import { temporaryResults } from '../../support/temporary-results.js';

let paths: ResultsPaths;

beforeEach(() => {
  paths = temporaryResults();
  const runs = [exampleRun(1), exampleRun(2)];
  const recorder = createRecorder(paths);
  for (const run of runs) {
    writeRun(paths, run, logOf(wholeRun()));
    recorder.ingest(run.id);
  }
  recorder.recordSweep(exampleSweep('q2', runs));
  recorder.close();
});

const REBUILD = 'sweep db rebuild builds it again from the folders of the runs; nothing is lost.';

function overwrite(offset: number, bytes: Uint8Array): void {
  const file = openSync(paths.database, 'r+');
  writeSync(file, bytes, 0, bytes.length, offset);
  closeSync(file);
}

describe('checkDatabase', () => {
  test('finds a recorded results folder sound', () => {
    expect(checkDatabase(paths)).toMatchObject({
      file: paths.database,
      schemaVersion: readMigrations().length,
      sweeps: 1,
      runs: 2,
      behind: 0,
      problems: [],
    });
  });

  test('counts what the folders have and the database has not', () => {
    writeAttempt(paths.run(exampleRun(1).id), 2, logOf([started()], 18), {
      after: { attempt: 1, line: 19 },
      seq: 18,
    });
    writeRun(paths, exampleRun(3));
    expect(checkDatabase(paths)).toMatchObject({ behind: 2, problems: [] });
  });

  test('names recorded runs whose folder is gone', () => {
    const { id } = exampleRun(2);
    rmSync(paths.run(id).folder, { recursive: true });
    expect(checkDatabase(paths).problems).toMatchObject([
      { message: `1 recorded runs have no folder any more: ${id}` },
    ]);
  });

  test('names runs whose note or tags are others than in their folders', () => {
    const { id } = exampleRun(2);
    const run = paths.run(id);
    writeAnnotations(paths, id, { note: 'seen by hand', tags: [] });
    expect(checkDatabase(paths).problems).toEqual([
      {
        where: paths.database,
        message: `the note or the tags of 1 runs are others than in their folders: ${id}`,
        fix: 'sweep db rebuild takes in what the folders have.',
      },
    ]);
    rebuildDatabase(paths);
    expect(checkDatabase(paths).problems).toEqual([]);
    writeFileSync(run.annotations, '{');
    expect(checkDatabase(paths).problems).toMatchObject([{ where: run.annotations }]);
  });

  test('finds an index that has lost its entries', () => {
    const db = openForWriting(paths.database);
    const [page, size] = [
      db
        .prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'runs_by_creation'")
        .pluck()
        .get(),
      db.pragma('page_size', { simple: true }),
    ].map(Number) as [number, number];
    db.close();
    // The header of an index page without cells: type 10, no free block, 0 cells, content at the end.
    overwrite((page - 1) * size, Uint8Array.of(10, 0, 0, 0, 0, size >> 8, 0, 0));
    const { problems, runs } = checkDatabase(paths);
    expect(runs).toBeNull();
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toMatch(/^the database is damaged: .*runs_by_creation/s);
    expect(problems[0]?.fix).toBe(REBUILD);
  });

  test('finds a file that was cut off', () => {
    truncateSync(paths.database, 5 * 4096 + 100);
    expect(checkDatabase(paths).problems).toMatchObject([{ fix: REBUILD }]);
  });

  test('finds a file that is no database', () => {
    writeFileSync(paths.database, 'x'.repeat(4096));
    expect(checkDatabase(paths).problems).toEqual([
      {
        where: paths.database,
        message: 'the database is damaged: file is not a database',
        fix: REBUILD,
      },
    ]);
  });

  test('never throws a bare error, whichever bytes are flipped', () => {
    const sound = readFileSync(paths.database);
    const flips = fc.array(fc.tuple(fc.nat(sound.length - 1), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(flips, (changes) => {
        const damaged = Buffer.from(sound);
        for (const [offset, mask] of changes) damaged[offset]! ^= mask;
        writeFileSync(paths.database, damaged);
        checkDatabase(paths); // what is wrong is in the answer
      }),
      { numRuns: 60 },
    );
  });
});

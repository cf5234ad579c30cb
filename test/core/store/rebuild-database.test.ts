import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NewRunEvent } from '../../../src/core/run-folder/event.js';
import { writeAnnotations } from '../../../src/core/run-folder/annotations.js';
import type { ResultsPaths } from '../../../src/core/run-folder/paths.js';
import { openForReading, openForWriting } from '../../../src/core/store/database.js';
import { rebuildDatabase } from '../../../src/core/store/rebuild-database.js';
import { createRecorder, type Recorder } from '../../../src/core/store/recorder.js';
import { type SweepRecord, sweepRecordFile } from '../../../src/core/store/sweep-record.js';
import {
  allRows,
  checkpoint,
  epoch,
  exampleRun,
  exampleSweep,
  logFile,
  logOf,
  progress,
  samples,
  started,
  wholeRun,
  writeRun,
} from './example-runs.js';
import { temporaryResults } from '../../support/temporary-results.js';

function rowsOf(paths: ResultsPaths): Record<string, unknown[]> {
  const db = openForReading(paths.database);
  try {
    return allRows(db);
  } finally {
    db.close();
  }
}

function recordSweep(paths: ResultsPaths, recorder: Recorder, sweep: SweepRecord): void {
  mkdirSync(paths.sweep(sweep.name), { recursive: true });
  writeFileSync(sweepRecordFile(paths.sweep(sweep.name)), JSON.stringify(sweep));
  recorder.recordSweep(sweep);
}

/** Two sweeps that share a run, planned more than once, with runs in all states. */
function fill(paths: ResultsPaths): void {
  const [whole, shared, going] = [exampleRun(1), exampleRun(2), exampleRun(3)];
  const recorder = createRecorder(paths);
  for (const run of [whole, shared, going]) {
    writeRun(paths, run, run === going ? undefined : '');
    recorder.recordRun(run);
  }
  writeAnnotations(paths, shared.id, { note: 'a note', tags: ['kept'] });
  recorder.recordAnnotations(shared.id);
  const q2 = { ...exampleSweep('q2', [whole, shared]), createdAt: '2026-01-01T00:00:00.000Z' };
  recordSweep(paths, recorder, { ...q2, recordedAt: q2.createdAt });
  recordSweep(paths, recorder, exampleSweep('q3', [shared, going]));
  recordSweep(paths, recorder, q2);
  appendFileSync(logFile(paths, whole.id), logOf(wholeRun()));
  appendFileSync(logFile(paths, shared.id), logOf([started(), epoch(0, 50), started(2, 0)]));
  recorder.ingest(whole.id);
  recorder.ingest(shared.id);
  recorder.close();
}

describe('rebuildDatabase', () => {
  test('gives the same rows as were recorded bit by bit', () => {
    const paths = temporaryResults();
    fill(paths);
    const before = rowsOf(paths);
    const report = rebuildDatabase(paths);
    expect(report).toMatchObject({ sweeps: 2, runs: 3, events: 21, problems: [] });
    expect(rowsOf(paths)).toEqual(before);
    expect(before['sweeps']).toHaveLength(2);
  });

  const anyEvent: fc.Arbitrary<NewRunEvent> = fc.oneof(
    fc
      .record({ attempt: fc.integer({ min: 1, max: 9 }), from: fc.nat(5) })
      .map(({ attempt, from }) => started(attempt, from)),
    fc
      .record({ epoch: fc.nat(5), nll: fc.double({ min: 0, max: 100, noNaN: true }) })
      .map((one) => epoch(one.epoch, one.nll, one.nll > 50)),
    fc.nat(5).map((number) => progress(number, 1)),
    fc.nat(5).map((number) => checkpoint('last', number)),
    fc.array(fc.string()).map((texts) => samples('epoch', 1, 1, texts)),
    fc.constant<NewRunEvent>({ type: 'stopped', reason: 'asked to' }),
    fc.constant<NewRunEvent>({ type: 'failed', message: 'broke', stack: null }),
  );

  test('gives the same rows whatever happened and however it was recorded', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), fc.nat(29), (events, cut) => {
        const paths = temporaryResults();
        const run = exampleRun();
        const recorder = createRecorder(paths);
        writeRun(paths, run, logOf(events.slice(0, cut)));
        recorder.ingest(run.id);
        writeRun(paths, run, logOf(events));
        recorder.ingest(run.id);
        recorder.close();
        const before = rowsOf(paths);
        rebuildDatabase(paths);
        expect(rowsOf(paths)).toEqual(before);
      }),
      { numRuns: 25 },
    );
  });

  test.each([
    [
      'no file',
      (file: string) => {
        rmSync(file);
      },
    ],
    [
      'a file that is no database',
      (file: string) => {
        writeFileSync(file, 'x'.repeat(9999));
      },
    ],
    [
      'a log of writes that was left over',
      (file: string) => {
        const writer = openForWriting(file);
        writer.exec('UPDATE runs SET epochs = 99');
        copyFileSync(`${file}-wal`, `${file}-kept`);
        writer.close();
        renameSync(`${file}-kept`, `${file}-wal`); // as if the writer had been killed
      },
    ],
  ])('puts a sound database in the place of %s', (_, damage) => {
    const paths = temporaryResults();
    fill(paths);
    const before = rowsOf(paths);
    damage(paths.database);
    writeFileSync(`${paths.database}.new`, 'of a rebuilding that was killed');
    rebuildDatabase(paths);
    expect(rowsOf(paths)).toEqual(before);
    expect(existsSync(`${paths.database}.new`)).toBe(false);
  });

  test('names folders that cannot be read and records the others', () => {
    const paths = temporaryResults();
    fill(paths);
    const damaged = exampleRun(1);
    appendFileSync(logFile(paths, damaged.id), 'not json\n');
    const copy = join(paths.runsFolder, 'copy-of-it');
    mkdirSync(copy);
    writeFileSync(join(copy, 'run.json'), JSON.stringify(damaged));
    writeFileSync(sweepRecordFile(paths.sweep('q3')), '{');
    const report = rebuildDatabase(paths);
    expect(report.runs).toBe(2);
    const messages = report.problems.map(({ where, message }) => `${where ?? ''}  ${message}`);
    expect(messages).toHaveLength(3);
    expect(messages[0]).toContain("q3/sweep.json  the sweep's record cannot be read: ");
    expect(messages[1]).toContain('events.jsonl:byte ');
    expect(messages[2]).toContain(`run.json  the folder "copy-of-it" holds the run ${damaged.id}`);
    expect(rowsOf(paths)['runs']).toHaveLength(2);
  });

  test('leaves a reader its old file until it opens the new one', () => {
    const paths = temporaryResults();
    fill(paths);
    const reader = openForReading(paths.database);
    const before = allRows(reader);
    rebuildDatabase(paths);
    expect(allRows(reader)).toEqual(before);
    reader.close();
    expect(rowsOf(paths)).toEqual(before);
  });
});

import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ResultsPaths } from '../../../src/core/run-folder/paths.js';
import { readEvents } from '../../../src/core/run-folder/event-log.js';
import { listCheckpoints } from '../../../src/core/store/checkpoint-queries.js';
import { openForReading } from '../../../src/core/store/database.js';
import { epochMetrics, evaluations } from '../../../src/core/store/metric-queries.js';
import { createRecorder, type LogPart, type Recorder } from '../../../src/core/store/recorder.js';
import { findRun } from '../../../src/core/store/run-queries.js';
import { finalSamples, samplesByEpoch } from '../../../src/core/store/sample-queries.js';
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
  writeAttempt,
  writeRun,
} from './example-runs.js';
import { temporaryResults } from '../../support/temporary-results.js';
import { ELSEWHERE, ENDED, writeLease } from '../../support/write-lease.js';

/** The rows after `write` has filled a results folder of its own and recorded it. */
function rowsAfter(
  write: (paths: ResultsPaths, recorder: Recorder) => void,
): Record<string, unknown[]> {
  const paths = temporaryResults();
  const recorder = createRecorder(paths);
  write(paths, recorder);
  recorder.close();
  const db = openForReading(paths.database);
  const rows = allRows(db);
  db.close();
  return rows;
}

const run = exampleRun();

describe('ingest', () => {
  test('takes in a whole run', () => {
    const paths = temporaryResults();
    writeRun(paths, run, logOf(wholeRun()));
    const recorder = createRecorder(paths);
    expect(recorder.ingest(run.id)).toBe(wholeRun().length);
    recorder.close();

    const db = openForReading(paths.database);
    expect(findRun(db, run.id)).toMatchObject({
      key: run.key,
      kind: 'train',
      config: run.config,
      tokens: 20,
      dropout: 0.1,
      dataLimit: 256,
      dataSource: 'headlines',
      startedAt: '2026-01-02T00:00:00.000Z',
      attempts: 1,
      outcome: 'completed',
      outcomeReason: 'early-stopping',
      epochs: 3,
      finalValNll: 45,
      bestEpoch: 1,
      bestTrainNll: 41,
      bestValNll: 40,
      finalSeq: 12,
      bestSeq: 7,
      testSeq: 15,
      testNll: 41,
      testTop1: 0.45,
      trainSeconds: 12,
      evaluateSeconds: 3,
      totalSeconds: 30,
      stepSeconds: 0.5,
      textsTrain: 256,
      gitDirty: true,
      host: 'machine',
      progress: null,
    });
    expect(epochMetrics(db, run.id).map((row) => [row.valNll, row.improved, row.seconds])).toEqual([
      [50, true, 5],
      [40, true, 5],
      [45, false, 5],
    ]);
    expect(evaluations(db, run.id)).toEqual([
      { split: 'val', seq: 14, epoch: 1, nll: 40, top1: 0.46 },
      { split: 'test', seq: 15, epoch: 1, nll: 41, top1: 0.45 },
    ]);
    expect(finalSamples(db, run.id)).toEqual([
      { seq: 16, epoch: 1, temperature: 0.5, texts: ['cold', 'colder'] },
      { seq: 17, epoch: 1, temperature: 1, texts: ['warm'] },
    ]);
    expect(samplesByEpoch(db, run.id).map((set) => set.texts)).toEqual([
      ['early', 'drossel “ü”'],
      ['later'],
    ]);
    expect(listCheckpoints(db, run.id).map((row) => [row.kind, row.epoch])).toEqual([
      ['best', 1],
      ['last', 2],
    ]);
    db.close();
  });

  test('changes nothing the second time', () => {
    const paths = temporaryResults();
    writeRun(paths, run, logOf(wholeRun()));
    const recorder = createRecorder(paths);
    recorder.ingest(run.id);
    const db = openForReading(paths.database);
    const once = allRows(db);
    expect(recorder.ingest(run.id)).toBe(0);
    recorder.recordRun(run);
    expect(allRows(db)).toEqual(once);
    db.close();
    recorder.close();
  });

  test('gives the same rows in whatever pieces the log arrives', () => {
    const log = Buffer.from(
      logOf([started(), epoch(0, 50), progress(1, 3), started(2, 1), ...wholeRun().slice(6)]),
    );
    const atOnce = rowsAfter((paths, recorder) => {
      writeRun(paths, run, log);
      recorder.ingest(run.id);
    });
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: log.length - 1 }), { maxLength: 12 });
    fc.assert(
      fc.property(cuts, (unsorted) => {
        const ends = [...unsorted].sort((a, b) => a - b).concat(log.length);
        const inPieces = rowsAfter((paths, recorder) => {
          writeRun(paths, run, '');
          let start = 0;
          for (const end of ends) {
            appendFileSync(logFile(paths, run.id), log.subarray(start, end));
            recorder.ingest(run.id);
            start = end;
          }
        });
        expect(inPieces).toEqual(atOnce);
      }),
      { numRuns: 15 },
    );
  });

  test('gives the same rows for a long log as for one epoch after the other', () => {
    const events = [
      started(),
      ...Array.from({ length: 281 }, (_, index) => epoch(index, 300 - (index % 200))),
    ];
    const lines = logOf(events).match(/.+\n/g) ?? [];
    const atOnce = rowsAfter((paths, recorder) => {
      writeRun(paths, run, lines.join(''));
      expect(recorder.ingest(run.id)).toBe(282);
    });
    const oneByOne = rowsAfter((paths, recorder) => {
      writeRun(paths, run, '');
      for (const line of lines) {
        appendFileSync(logFile(paths, run.id), line);
        expect(recorder.ingest(run.id)).toBe(1);
      }
    });
    expect(atOnce).toEqual(oneByOne);
    expect(atOnce['epochs']).toHaveLength(281);
    expect(atOnce['metrics']).toHaveLength(4 * 281);
  });

  test('shows the progress of a running epoch and drops it when the epoch ends', () => {
    const paths = temporaryResults();
    writeRun(paths, run, logOf([started(), progress(0, 4)]));
    const recorder = createRecorder(paths);
    recorder.ingest(run.id);
    const db = openForReading(paths.database);
    expect(findRun(db, run.id).progress).toEqual({
      epoch: 0,
      step: 4,
      split: 'train',
      steps: 8,
      nll: 60,
      textsPerSecond: 64,
    });
    writeRun(paths, run, logOf([started(), progress(0, 4), epoch(0, 50)]));
    recorder.ingest(run.id);
    expect(findRun(db, run.id)).toMatchObject({ progress: null, epochs: 1 });
    db.close();
    recorder.close();
  });

  test('forgets what it read of a log that was replaced by a shorter one', () => {
    const shorter = rowsAfter((paths, recorder) => {
      writeRun(paths, run, logOf(wholeRun()));
      recorder.ingest(run.id);
      writeRun(paths, run, logOf([started(), epoch(0, 30)]));
      recorder.ingest(run.id);
    });
    const fresh = rowsAfter((paths, recorder) => {
      writeRun(paths, run, logOf([started(), epoch(0, 30)]));
      recorder.ingest(run.id);
    });
    expect(shorter).toEqual(fresh);
  });

  test('leaves the database as it was when a line is damaged', () => {
    const rows = rowsAfter((paths, recorder) => {
      writeRun(paths, run, logOf([started(), epoch(0, 50)]));
      recorder.ingest(run.id);
      appendFileSync(logFile(paths, run.id), `${logOf(wholeRun()).split('\n')[2]}\nnonsense\n`);
      expect(() => recorder.ingest(run.id)).toThrow(/is not an event of this version/);
    });
    expect(rows['epochs']).toHaveLength(1);
    expect(rows['runs']).toMatchObject([{ last_seq: 2 }]);
  });
});

describe('a new attempt', () => {
  const firstAttempt = [
    started(),
    epoch(0, 50),
    checkpoint('best', 0),
    samples('epoch', 0, 1, ['first']),
    epoch(1, 40),
    checkpoint('best', 1),
    checkpoint('last', 1),
    samples('epoch', 1, 1, ['second']),
    samples('final', 1, 1, ['end']),
    { type: 'evaluated', split: 'test', epoch: 1, nll: 41, top1: 0.45 } as const,
    { type: 'stopped', reason: 'interrupted' } as const,
  ];

  test('from epoch 0 clears the epochs, the samples, the scores and the outcome', () => {
    const paths = temporaryResults();
    writeRun(paths, run, logOf([...firstAttempt, started(2)]));
    const recorder = createRecorder(paths);
    recorder.ingest(run.id);
    recorder.close();
    const db = openForReading(paths.database);
    expect(findRun(db, run.id)).toMatchObject({
      attempts: 2,
      outcome: null,
      outcomeReason: null,
      endedAt: null,
      epochs: 0,
      bestEpoch: null,
      finalValNll: null,
      testNll: null,
      // Time that was lost counts.
      totalSeconds: 10,
    });
    expect(epochMetrics(db, run.id)).toEqual([]);
    expect([...samplesByEpoch(db, run.id), ...finalSamples(db, run.id)]).toEqual([]);
    expect([...listCheckpoints(db, run.id), ...evaluations(db, run.id)]).toEqual([]);
    db.close();
  });

  test('from a later epoch keeps the epochs before it', () => {
    const paths = temporaryResults();
    writeRun(paths, run, logOf([...firstAttempt, started(2, 1)]));
    const recorder = createRecorder(paths);
    recorder.ingest(run.id);
    recorder.close();
    const db = openForReading(paths.database);
    expect(findRun(db, run.id)).toMatchObject({ epochs: 1, bestEpoch: 0, finalValNll: 50 });
    expect(samplesByEpoch(db, run.id).map((set) => set.texts)).toEqual([['first']]);
    expect(finalSamples(db, run.id)).toEqual([]);
    db.close();
  });
});

describe('an attempt that is cut off', () => {
  const two = { attempt: 1, line: 3 }; // its first line, started, an epoch

  test('is taken out again as far as it does not count any more', () => {
    const rows = rowsAfter((paths, recorder) => {
      writeRun(paths, run, logOf([started(), epoch(0, 50), epoch(1, 10), checkpoint('best', 1)]));
      recorder.ingest(run.id); // before anybody knew
      writeAttempt(paths.run(run.id), 2, logOf([started(2, 1), epoch(1, 40)], 2), {
        after: two,
        seq: 2,
      });
      recorder.ingest(run.id);
    });
    const fresh = rowsAfter((paths, recorder) => {
      writeRun(paths, run, logOf([started(), epoch(0, 50), epoch(1, 10), checkpoint('best', 1)]));
      writeAttempt(paths.run(run.id), 2, logOf([started(2, 1), epoch(1, 40)], 2), {
        after: two,
        seq: 2,
      });
      recorder.ingest(run.id);
    });
    expect(rows).toEqual(fresh);
    expect(rows['epochs']).toHaveLength(2);
    expect(rows['checkpoints']).toEqual([]);
    expect(rows['runs']).toMatchObject([{ attempt: 2, attempts: 2, best_val_nll: 40 }]);
  });

  test('is not taken in from somebody who reads it while a later one counts', () => {
    const rows = rowsAfter((paths, recorder) => {
      writeRun(paths, run, logOf([started(), epoch(0, 50)]));
      recorder.ingest(run.id);
      const folder = paths.run(run.id);
      const fromByte = readEvents(logFile(paths, run.id)).nextByte;
      writeAttempt(folder, 2, logOf([started(2, 1)], 2), { after: two, seq: 2 });
      // A coordinator that was suspended follows its worker on.
      appendFileSync(logFile(paths, run.id), logOf([epoch(1, 10)], 2));
      const part = { attempt: 1, fromByte, ...readEvents(logFile(paths, run.id), { fromByte }) };
      recorder.ingestTogether(new Map([[run.id, part]]));
    });
    expect(rows['epochs']).toHaveLength(1);
    expect(rows['runs']).toMatchObject([{ attempt: 2, attempts: 2 }]);
  });

  test('does not end the run as long as somebody may be about to cut it off', () => {
    const paths = temporaryResults();
    writeRun(paths, run, logOf(wholeRun()));
    const next = paths.run(run.id).attempt(2);
    mkdirSync(next.folder);
    writeFileSync(next.events, ''); // claimed
    writeLease(next.lease, { holder: ELSEWHERE });
    const recorder = createRecorder(paths);
    expect(recorder.ingest(run.id)).toBe(0);
    writeLease(next.lease, { holder: ENDED }); // it died before it wrote a line
    expect(recorder.ingest(run.id)).toBe(wholeRun().length);
    recorder.close();
  });
});

describe('ingestTogether', () => {
  const whole = logOf(wholeRun());
  const bytes = Buffer.from(whole);
  /** The log in two parts, as a follower reads it while it is written. */
  const writeInParts = (paths: ResultsPaths): LogPart[] => {
    const middle = bytes.indexOf('\n', bytes.length / 2) + 1;
    writeRun(paths, run, bytes.subarray(0, middle));
    const first = { attempt: 1, fromByte: 0, ...readEvents(logFile(paths, run.id)) };
    writeRun(paths, run, bytes);
    const fromByte = first.nextByte;
    return [first, { attempt: 1, fromByte, ...readEvents(logFile(paths, run.id), { fromByte }) }];
  };
  const expectedRows = (): Record<string, unknown[]> =>
    rowsAfter((paths, recorder) => {
      writeRun(paths, run, whole);
      recorder.ingest(run.id);
    });

  test('takes what was read before, what it must read itself, and the same twice, to the same rows', () => {
    const expected = expectedRows();
    for (const order of [[0, 1], [null], [1], [0, 0, null], [0, 1, 1]])
      expect(
        rowsAfter((paths, recorder) => {
          const parts = writeInParts(paths);
          for (const number of order)
            recorder.ingestTogether(new Map([[run.id, number === null ? null : parts[number]!]]));
        }),
      ).toEqual(expected);
  });

  test('takes in the others where the files of one run are damaged, and tells what is wrong', () => {
    const damaged = exampleRun(2);
    let problems: readonly Error[] = [];
    const rows = rowsAfter((paths, recorder) => {
      writeRun(paths, run, whole);
      writeRun(paths, damaged, '{}\n');
      problems = recorder.ingestTogether(
        new Map([
          [damaged.id, null],
          [run.id, null],
        ]),
      );
    });
    expect(rows).toEqual(expectedRows());
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('the line is not an event of this version'),
    ]);
  });
});

describe('recordRun', () => {
  test('begins anew when the folder of the run was made anew', () => {
    const again = { ...run, createdAt: '2026-05-05T05:05:05.000Z' };
    const rows = rowsAfter((paths, recorder) => {
      writeRun(paths, run, logOf(wholeRun()));
      recorder.ingest(run.id);
      recorder.recordRun(again);
    });
    const planned = rowsAfter((_, recorder) => {
      recorder.recordRun(again);
    });
    expect(rows).toEqual(planned);
  });
});

describe('recordSweep', () => {
  test('replaces the list of runs and keeps the time of the first record', () => {
    const rows = rowsAfter((_, recorder) => {
      recorder.recordSweep(exampleSweep('q2', [exampleRun(1), exampleRun(2)]));
      recorder.recordSweep({
        ...exampleSweep('q2', [exampleRun(3)]),
        recordedAt: '2026-02-02T00:00:00.000Z',
      });
    });
    expect(rows['sweeps']).toMatchObject([
      { created_at: '2026-01-02T03:00:00.000Z', updated_at: '2026-02-02T00:00:00.000Z' },
    ]);
    expect(rows['sweep_runs']).toMatchObject([{ position: 0, run_id: exampleRun(3).id }]);
  });
});

describe('ingestAll', () => {
  test('builds the same rows again from the folders alone', () => {
    const paths = temporaryResults();
    const runs = [1, 2, 3].map(exampleRun);
    const recorder = createRecorder(paths);
    for (const [index, one] of runs.entries()) {
      recorder.recordRun(one);
      for (const length of [3, 8 + index, wholeRun().length]) {
        writeRun(paths, one, logOf(wholeRun().slice(0, length)));
        recorder.ingest(one.id);
      }
    }
    recorder.close();
    const before = openForReading(paths.database);
    const rows = allRows(before);
    before.close();

    for (const suffix of ['', '-wal', '-shm']) rmSync(paths.database + suffix, { force: true });
    const again = createRecorder(paths);
    expect(again.ingestAll()).toEqual({
      sweeps: 0,
      runs: 3,
      events: 3 * wholeRun().length,
      problems: [],
    });
    again.close();
    const after = openForReading(paths.database);
    expect(allRows(after)).toEqual(rows);
    after.close();
  });

  test('reports a damaged folder and records the others', () => {
    const paths = temporaryResults();
    const broken = exampleRun(2);
    writeRun(paths, run, logOf(wholeRun()));
    writeRun(paths, broken);
    writeFileSync(paths.run(broken.id).runFile, '{');
    const recorder = createRecorder(paths);
    const { runs, problems } = recorder.ingestAll();
    recorder.close();
    expect(runs).toBe(1);
    expect(problems).toMatchObject([{ where: paths.run(broken.id).runFile }]);
  });
});

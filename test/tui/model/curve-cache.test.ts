import { expect, test } from 'vitest';
import { openForReading } from '../../../src/core/store/database.js';
import { createRecorder } from '../../../src/core/store/recorder.js';
import { resultsPaths } from '../../../src/core/run-folder/paths.js';
import { CurveCache } from '../../../src/tui/model/curve-cache.js';
import { epoch, exampleRun, logOf, started, writeRun } from '../../core/store/example-runs.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

test('a curve grows with its run, is the same while that stands, and follows another attempt', () => {
  const paths = resultsPaths(temporaryFolder());
  const run = exampleRun();
  const recorder = createRecorder(paths);
  const record = (...events: Parameters<typeof logOf>[0]): void => {
    writeRun(paths, run, logOf(events));
    recorder.ingest(run.id);
  };
  const first = [started(), epoch(0, 50), epoch(1, 40)];
  record(...first);
  const db = openForReading(paths.database);
  const cache = new CurveCache();
  const curve = (attempts: number, epochs: number): readonly number[] =>
    cache.validationNll(db, { runId: run.id, attempts, epochs });

  expect(curve(1, 1)).toEqual([50]); // the row was read before the second epoch came
  expect(curve(1, 2)).toEqual([50, 40]);
  expect(curve(1, 2)).toBe(curve(1, 2));
  record(...first, epoch(2, 30));
  expect(curve(1, 3)).toEqual([50, 40, 30]);
  record(...first, epoch(2, 30), started(2, 1), epoch(1, 45), epoch(2, 35), epoch(3, 25));
  expect(curve(2, 4)).toEqual([50, 45, 35, 25]);
  db.close();
  recorder.close();
});

import { appendFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { resultsPaths } from '../../src/core/run-folder/paths.js';
import { checkDatabase } from '../../src/core/store/check-database.js';
import { createRecorder } from '../../src/core/store/recorder.js';
import { WAL_LIMIT_BYTES } from '../../src/core/store/write-ahead-log.js';
import {
  epoch,
  exampleRun,
  exampleSweep,
  logFile,
  started,
  writeRun,
} from '../core/store/example-runs.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const VIEWER = fileURLToPath(new URL('../fixtures/programs/watch-database.mjs', import.meta.url));
const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));

const RUNS = 8;
const EPOCHS = 500;
const VIEWERS = ['open', 'open', 'open', 'open', 'reopen', 'reopen'];

test('viewers beside a writer meet no lock, and its log of writes stays small', async () => {
  const paths = resultsPaths(temporaryFolder());
  const runs = Array.from({ length: RUNS }, (_, index) => exampleRun(index + 1));
  const recorder = createRecorder(paths);
  for (const run of runs) writeRun(paths, run, lineOf(1, started()));
  for (const run of runs) recorder.ingest(run.id);
  recorder.recordSweep(exampleSweep('watched', runs));

  const viewers = VIEWERS.map((mode) =>
    execa(process.execPath, [VIEWER, DIST, paths.folder, 'watched', mode]),
  );
  await Promise.all(
    viewers.map((viewer) => new Promise((resolve) => viewer.stdout.once('data', resolve))),
  );

  let largest = 0;
  for (let number = 0; number < EPOCHS; number++) {
    for (const run of runs) {
      appendFileSync(logFile(paths, run.id), lineOf(number + 2, epoch(number, 50)));
      expect(recorder.ingest(run.id)).toBe(1);
      largest = Math.max(largest, statSync(`${paths.database}-wal`).size);
    }
  }
  for (const viewer of viewers) viewer.stdin.end();
  const looks = (await Promise.all(viewers)).map(({ stdout }) => Number(stdout.split('\n')[1]));
  recorder.close();

  for (const count of looks) expect(count).toBeGreaterThan(0);
  // The limit, and what could not be emptied at once because of a reader; without a limit it is 100 MB here.
  expect(largest).toBeLessThan(3 * WAL_LIMIT_BYTES);
  expect(checkDatabase(paths)).toMatchObject({ runs: RUNS, behind: 0, problems: [] });
});

function lineOf(seq: number, event: object): string {
  return `${JSON.stringify({ seq, time: '2026-01-02T00:00:00.000Z', ...event })}\n`;
}

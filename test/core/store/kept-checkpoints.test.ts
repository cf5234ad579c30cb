import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openForReading } from '../../../src/core/store/database.js';
import { listKeptCheckpoints } from '../../../src/core/store/kept-checkpoints.js';
import { createRecorder } from '../../../src/core/store/recorder.js';
import { temporaryResults } from '../../support/temporary-results.js';
import { exampleRun, logOf, wholeRun, writeRun } from './example-runs.js';

test('only checkpoints that are in the folder of the run are listed, and kept improvements with them', () => {
  const paths = temporaryResults();
  const { id } = exampleRun();
  const run = paths.run(id);
  const { checkpoints: folder, checkpointBest } = run.attempt(1);
  writeRun(paths, exampleRun(), logOf(wholeRun()));
  const recorder = createRecorder(paths);
  recorder.ingest(id);
  recorder.close();
  mkdirSync(folder);
  writeFileSync(checkpointBest, 'model'); // the last one was removed
  for (const epoch of [9, 10]) writeFileSync(join(folder, `epoch-${epoch}.safetensors`), '12');

  const db = openForReading(paths.database);
  const { checkpoints, improvements } = listKeptCheckpoints(db, id, run);
  expect(checkpoints).toMatchObject([
    { kind: 'best', file: 'attempts/1/checkpoint/best.safetensors' },
  ]);
  expect(improvements).toEqual([
    { epoch: 10, file: 'attempts/1/checkpoint/epoch-10.safetensors', bytes: 2 },
    { epoch: 9, file: 'attempts/1/checkpoint/epoch-9.safetensors', bytes: 2 },
  ]);
  expect(listKeptCheckpoints(db, id, paths.run('gone'))).toEqual({
    checkpoints: [],
    improvements: [],
  });
  db.close();
});

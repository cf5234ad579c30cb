import { writeFileSync } from 'node:fs';
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
  const { folder, checkpointBest } = paths.run(id);
  writeRun(paths, exampleRun(), logOf(wholeRun()));
  const recorder = createRecorder(paths);
  recorder.ingest(id);
  recorder.close();
  writeFileSync(checkpointBest, 'model'); // the last one was removed
  for (const epoch of [9, 10])
    writeFileSync(join(folder, `checkpoint-epoch-${epoch}.safetensors`), '12');

  const db = openForReading(paths.database);
  const { checkpoints, improvements } = listKeptCheckpoints(db, id, folder);
  expect(checkpoints.map(({ kind }) => kind)).toEqual(['best']);
  expect(improvements).toEqual([
    { epoch: 10, file: 'checkpoint-epoch-10.safetensors', bytes: 2 },
    { epoch: 9, file: 'checkpoint-epoch-9.safetensors', bytes: 2 },
  ]);
  expect(listKeptCheckpoints(db, id, join(folder, 'gone'))).toEqual({
    checkpoints: [],
    improvements: [],
  });
  db.close();
});

import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { modelSchema } from '../../../src/core/config/run-schema.js';
import { initialiseParameters } from '../../../src/core/model/initialise.js';
import { encodeCheckpoint } from '../../../src/core/run-folder/checkpoint.js';
import { commitEvents, finishCommit, openRunLog } from '../../../src/core/run-folder/commit.js';
import { readEvents } from '../../../src/core/run-folder/event-log.js';
import { type RunPaths, runPaths } from '../../../src/core/run-folder/paths.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const model = modelSchema.parse({ tokens: 6, embedding: 4, neurons: 2, heads: 2, blocks: 1 });
const parameters = initialiseParameters(model, 1);
const checkpoint = {
  runKey: 'a'.repeat(64),
  epoch: 3,
  step: 40,
  bestEpoch: 3,
  bestNll: 1,
  parameters,
};
const { file, sha256 } = encodeCheckpoint(model, {
  ...checkpoint,
  firstMoments: parameters,
  secondMoments: parameters,
});

/** A log with one event, and a commit of two more that was begun. */
function interrupted(hash: string | null): RunPaths {
  const paths = runPaths(temporaryFolder());
  mkdirSync(paths.folder, { recursive: true });
  const log = openRunLog(paths);
  log.append({ type: 'stopped', reason: 'one' });
  const events = log.stamp(['two', 'three'].map((reason) => ({ type: 'stopped', reason })));
  writeFileSync(paths.commit, JSON.stringify({ checkpoint: hash, isBest: false, events }));
  log.close();
  return paths;
}

function reasons(paths: RunPaths): string[] {
  const { events } = readEvents(paths.events);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  return events.map((event) => (event.type === 'stopped' ? event.reason : event.type));
}

test('a commit whose checkpoint has its name is finished by whoever opens the log next', () => {
  const paths = interrupted(sha256);
  writeFileSync(paths.checkpointLast, file);
  openRunLog(paths).close();
  openRunLog(paths).close();
  expect(reasons(paths)).toEqual(['one', 'two', 'three']);
});

test('a commit whose checkpoint is not there never happened', () => {
  const paths = interrupted(sha256);
  openRunLog(paths).close();
  expect(reasons(paths)).toEqual(['one']);
  writeFileSync(paths.checkpointLast, file); // too late
  openRunLog(paths).close();
  expect(reasons(paths)).toEqual(['one']);
});

test('a commit of which some events are in the log gains the others', () => {
  const paths = interrupted(null);
  const [two] = (JSON.parse(readFileSync(paths.commit, 'utf8')) as { events: object[] }).events;
  appendFileSync(paths.events, `${JSON.stringify(two)}\n{"seq":3,"ty`);
  const log = openRunLog(paths);
  finishCommit(log, paths); // nothing is left to finish
  commitEvents(log, paths, [{ type: 'stopped', reason: 'four' }]);
  log.close();
  expect(reasons(paths)).toEqual(['one', 'two', 'three', 'four']);
});

import { expect, test } from 'vitest';
import { eventsOf, runsOf, tinyWorkspace } from './sweep-program.js';

const RUNS = 32;
const EPOCHS = 25;

test('32 runs at once that report without a pause meet no lock and lose nothing', async () => {
  const workspace = tinyWorkspace(`
name: tiny
dataset: { source: file, path: texts.txt }
base: { trainer: trivial, train.maxEpochs: ${EPOCHS} }
replicates: ${RUNS}
`);
  const { exitCode, stderr } = await workspace.sweep('run', 'tiny.yaml', '--jobs', `${RUNS}`);
  expect(stderr).not.toMatch(/lock|busy/i);
  expect(exitCode).toBe(0);
  const runs = await runsOf(workspace);
  expect(runs.map(({ state, epochs }) => `${state} ${epochs}`)).toEqual(
    Array.from({ length: RUNS }, () => `completed ${EPOCHS}`),
  );
  // started, the epochs, completed
  for (const { id } of runs) expect(eventsOf(workspace, id)).toHaveLength(EPOCHS + 2);
  expect((await workspace.sweep('db', 'check')).exitCode).toBe(0);
});

import { cleanup } from 'ink-testing-library';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { createRecorder } from '../../src/core/store/recorder.js';
import { DashboardModel } from '../../src/tui/model/dashboard-model.js';
import { exampleSweep } from '../core/store/example-runs.js';
import { sharedTemporaryResults } from '../support/temporary-results.js';
import { createExampleStudy } from './example-study.js';
import { renderDashboard, type ShownDashboard } from './render-dashboard.js';
import { settle } from './settle.js';
import { TestScreen } from './test-screen.js';

/** The runs of the example study under the names that a grid makes. */
const study = createExampleStudy(sharedTemporaryResults());
const files = Object.values(study.runs);
const recorder = createRecorder(study.paths);
recorder.recordSweep({
  ...exampleSweep('grid', files),
  title: 'Learning rates, dropout and batch size of the small decoder',
  runs: files.map(({ id }, index) => {
    const changes = { 'train.learningRate': 0.001, 'model.dropout': 0.1, 'train.batchSize': index };
    const name = `learningRate=0.001,dropout=0.1,batchSize=${index}`;
    return { name, runId: id, changes, replicate: null };
  }),
});
recorder.close();
const model = new DashboardModel(study.paths, 'grid');
afterAll(() => {
  model.close();
});

let shown: ShownDashboard;
beforeEach(async () => {
  shown = renderDashboard(model, {
    screen: new TestScreen(60, 16),
    correlate: () => ({ r: -0.5, low: -0.9, high: 0.1, reason: null }),
  });
  await settle();
});
afterEach(cleanup);

async function type(...keys: readonly string[]): Promise<string> {
  for (const key of keys) {
    shown.stdin.write(key);
    await settle();
  }
  return shown.lastFrame();
}

test('title and best run lose cells, not their values', async () => {
  const [title, , , , best] = (await type()).split('\n');
  expect(title).toMatch(/^grid {2}Learning rates, dropout and batch.*… +\d at work$/);
  expect(best).toMatch(/^best learningRate=0.*….*batchSize=1 {2}val\.nll 38\.50$/);
});

test('every state is counted, by its letter where words have no room', async () => {
  const [, states] = (await type()).split('\n');
  expect(states).toMatch(/^1 P {2}1 R {2}2 C {2}1 D {2}1 F {2}1 S +█+░+ {2}42% of 7$/);
});

test('the values of a grid tell its runs apart where their names are too long', async () => {
  expect(await type()).toMatch(/^ {3}S learning…, dropout, batchSize EPOCH/m);
  expect(await type()).toMatch(/^ {3}P 0\.001, 0\.1, 6 /m);
  const answers = await type('a');
  expect(answers).toMatch(/^ {5}learningR…, dropout, batchSize +VALUE/m);
  expect(answers).toMatch(/^ {3}1 0\.001, 0\.1, 1 +38\.50/m);
  const curves = await type('\u001b', ' ', ' ', 'c');
  expect(curves).toMatch(/^─ learningRate, dropout, batchSize ─/m);
  expect(curves).toMatch(/^ b 0\.001, 0\.1, 1 {2}NLL 38\.50 {2}top-1 \S+ {2}epoch 1$/m);
});

test('why a run is not completed is read whole, below its name', async () => {
  const run = await type('G', '\u001b[A', '\u001b[A', '\r');
  expect(run).toMatch(/^learningRate=0\.001,dropout=0\.1,batchSize=4 +failed\nno memory left\n/);
});

import { cleanup } from 'ink-testing-library';
import { afterEach, expect, test } from 'vitest';
import { createRecorder } from '../../src/core/store/recorder.js';
import { DashboardModel } from '../../src/tui/model/dashboard-model.js';
import { exampleSweep } from '../core/store/example-runs.js';
import { createExampleStudy } from './example-study.js';
import { renderDashboard } from './render-dashboard.js';
import { settle } from './settle.js';

afterEach(cleanup);

test('a run that the sweep names twice has a line under each name, and counts once', async () => {
  const { paths, runs } = createExampleStudy();
  const { done, better } = runs;
  const recorder = createRecorder(paths);
  recorder.recordSweep(exampleSweep('twice', [done, better, done]));
  recorder.close();
  const model = new DashboardModel(paths, 'twice');
  const shown = renderDashboard(model);
  await settle();
  const frame = shown.lastFrame();
  expect(frame).toMatch(/100% of 2$/m);
  expect(frame).toMatch(/^─ Runs 2 in 3 lines {2}sorted by plan ─/m);
  expect(frame).toMatch(/completed +case-a .*\n.*completed +case-b .*\n.*completed +case-c /);

  // Two runs or one, who can tell: a filter leaves lines.
  for (const key of ['/', 'case', '\r']) {
    shown.stdin.write(key);
    await settle();
  }
  expect(shown.lastFrame()).toMatch(/^─ Runs 3 {2}filter case {2}sorted by plan ─/m);
  model.close();
});

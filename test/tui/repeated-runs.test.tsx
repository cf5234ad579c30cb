import { cleanup, render } from 'ink-testing-library';
import { afterEach, expect, test } from 'vitest';
import { createRecorder } from '../../src/core/store/recorder.js';
import { Dashboard } from '../../src/tui/dashboard.js';
import { DashboardModel } from '../../src/tui/model/dashboard-model.js';
import { ScreenContext } from '../../src/tui/terminal/screen.js';
import { createTheme, ThemeContext } from '../../src/tui/theme.js';
import { exampleSweep } from '../core/store/example-runs.js';
import { createExampleStudy } from './example-study.js';
import { NO_ACTIONS } from './no-actions.js';
import { settle } from './settle.js';
import { TestScreen } from './test-screen.js';

afterEach(cleanup);

test('a run that the sweep names twice has a line under each name, and counts once', async () => {
  const { paths, runs } = createExampleStudy();
  const { done, better } = runs;
  const recorder = createRecorder(paths);
  recorder.recordSweep(exampleSweep('twice', [done, better, done]));
  recorder.close();
  const model = new DashboardModel(paths, 'twice');
  const screen = new TestScreen(100, 24);
  const shown = render(
    <ScreenContext value={screen}>
      <ThemeContext value={createTheme({ LANG: 'C.UTF-8', NO_COLOR: '1' })}>
        <Dashboard
          model={model}
          actions={NO_ACTIONS}
          correlate={() => ({ r: null, low: null, high: null, reason: null })}
          ownsWork={false}
          onQuit={() => undefined}
          onRedraw={() => undefined}
        />
      </ThemeContext>
    </ScreenContext>,
  );
  await settle();
  const frame = screen.read(shown.lastFrame());
  expect(frame).toMatch(/100% of 2$/m);
  expect(frame).toMatch(/^─ Runs 2 in 3 lines {2}sorted by plan ─/m);
  expect(frame).toMatch(/completed +case-a .*\n.*completed +case-b .*\n.*completed +case-c /);

  // Two runs or one, who can tell: a filter leaves lines.
  for (const key of ['/', 'case', '\r']) {
    shown.stdin.write(key);
    await settle();
  }
  expect(screen.read(shown.lastFrame())).toMatch(/^─ Runs 3 {2}filter case {2}sorted by plan ─/m);
  model.close();
});

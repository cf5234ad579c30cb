import { render } from 'ink-testing-library';
import type { ComponentProps } from 'react';
import { Dashboard } from '../../src/tui/dashboard.js';
import { ScreenContext } from '../../src/tui/terminal/screen.js';
import { createTheme, ThemeContext } from '../../src/tui/theme.js';
import { NO_ACTIONS } from './no-actions.js';
import { TestScreen } from './test-screen.js';

type DashboardProps = ComponentProps<typeof Dashboard>;

/** How a dashboard is shown, and what a test gives it in place of what does nothing. */
interface Shown extends Partial<Omit<DashboardProps, 'model'>> {
  readonly screen?: TestScreen;
  /** What the look depends on. @default a terminal of UTF-8 without colours */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A dashboard in a terminal that a test reads. */
export interface ShownDashboard extends Omit<ReturnType<typeof render>, 'lastFrame'> {
  readonly screen: TestScreen;
  /** The last picture, without styles. */
  readonly lastFrame: () => string;
}

/** Shows the dashboard of a sweep; its first picture is there when the test has settled. */
export function renderDashboard(
  model: DashboardProps['model'],
  options: Shown = {},
): ShownDashboard {
  const {
    screen = new TestScreen(),
    environment = { LANG: 'C.UTF-8', NO_COLOR: '1' },
    ...props
  } = options;
  const shown = render(
    <ScreenContext value={screen}>
      <ThemeContext value={createTheme(environment)}>
        <Dashboard
          model={model}
          actions={NO_ACTIONS}
          correlate={() => ({ r: null, low: null, high: null, reason: null })}
          ownsWork={false}
          onQuit={() => undefined}
          onRedraw={() => undefined}
          {...props}
        />
      </ThemeContext>
    </ScreenContext>,
  );
  return { ...shown, screen, lastFrame: () => screen.read(shown.lastFrame()) };
}

import type { SweepObserver } from '../sweeps/scheduler/observer.js';
import type { ShownDashboard } from '../tui/show-dashboard.js';
import { describeDashboardError } from './dashboard-error.js';
import type { Coordinator } from './coordinate.js';
import { canShowDashboard, loadDashboard, type OpenDashboard } from './open-dashboard.js';
import { note } from './output.js';
import { createProgressLines } from './progress-lines.js';

/** What a user sees of a sweep that this process runs. */
export interface RunScreen {
  readonly observer: SweepObserver;
  /** Gives the terminal back; what is printed afterwards stays on it. */
  readonly close: () => Promise<void>;
}

/** The dashboard on a terminal, lines elsewhere. */
export async function createRunScreen(
  coordinator: Coordinator,
  isPlain: boolean,
): Promise<RunScreen> {
  if (isPlain || !canShowDashboard(process.env)) {
    return { observer: createProgressLines(note), close: () => Promise.resolve() };
  }
  return dashboardScreen(coordinator, await loadDashboard());
}

/**
 * Opens the dashboard when the first run starts, and shows the sweep that is worked on: one that another stands on
 * comes first. Who quits stops the work, as Ctrl-C does, and sees lines from then on.
 */
function dashboardScreen(coordinator: Coordinator, open: OpenDashboard): RunScreen {
  const { paths, interrupt, beforeInterrupt } = coordinator;
  let shown: ShownDashboard | undefined;
  let isLeft = false;
  const lines = createProgressLines((text) => {
    if (shown === undefined) note(text);
  });
  const close = async (): Promise<void> => {
    isLeft = true;
    const dashboard = shown;
    dashboard?.close();
    await dashboard?.ended.catch(() => undefined); // whoever opened it tells of its error
  };
  const show = (sweep: string): void => {
    if (shown !== undefined) {
      shown.show(sweep);
      return;
    }
    const dashboard = open({ paths, sweep, ownsWork: true });
    shown = dashboard;
    dashboard.ended.then(
      (end) => {
        shown = undefined;
        if (end !== 'closed') {
          isLeft = true;
          interrupt();
        }
      },
      (error: unknown) => {
        shown = undefined;
        isLeft = true;
        note(
          `The dashboard ended with an error, the sweep goes on. ${describeDashboardError(error)}`,
        );
      },
    );
  };
  beforeInterrupt(() => {
    isLeft = true;
    shown?.close();
  });
  return {
    close,
    observer: {
      ...lines,
      onRunStart: (run, continued) => {
        if (!isLeft) show(run.sweep);
        lines.onRunStart(run, continued);
      },
    },
  };
}

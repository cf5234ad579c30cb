import type { Actions, Correlate } from './actions.js';
import type { DashboardModel } from './model/dashboard-model.js';

/** What a dashboard is made of. */
export interface DashboardProps {
  readonly model: DashboardModel;
  readonly actions: Actions;
  readonly correlate: Correlate;
  /** Whether this process does the work, so that quitting ends it. */
  readonly ownsWork: boolean;
  readonly onQuit: (reason: 'quit' | 'interrupt') => void;
  /** Forgets what is on the screen and draws it whole. */
  readonly onRedraw: () => void;
}

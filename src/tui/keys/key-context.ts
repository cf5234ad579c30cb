import type { DashboardProps } from '../dashboard-props.js';
import type { ChangeUi } from '../hooks/use-ui-state.js';
import type { UiState } from '../ui-state.js';

/** What a key can see and change. */
export interface KeyContext extends DashboardProps {
  readonly current: () => UiState;
  readonly change: ChangeUi;
  /** Lines of the table on the screen. */
  readonly pageLines: number;
  /** How far the run view can be scrolled. */
  readonly mostScroll: () => number;
}

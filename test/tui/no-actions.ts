import { type Actions, NO_COORDINATION } from '../../src/tui/actions.js';

const nothing = (): void => undefined;

/** Nothing is at work, and nothing that is asked for happens. */
export const NO_ACTIONS: Actions = {
  coordination: () => NO_COORDINATION,
  setPaused: nothing,
  setJobs: nothing,
  stopSweep: nothing,
  stopRun: nothing,
  retry: nothing,
  annotate: nothing,
};

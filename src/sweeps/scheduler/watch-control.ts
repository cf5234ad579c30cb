import { messageOf } from '../../core/errors.js';
import type { ResultsPaths } from '../../core/run-folder/paths.js';
import { NO_CONTROL, readSweepControl, type SweepControl } from '../control/sweep-control.js';

/** How often the coordinator looks at what is asked of it. */
const LOOK_MS = 1_000;

/** What is asked of the sweeps that a coordinator works on. */
export interface ControlWatch {
  /** Looks now, as before something begins that a wish might forbid. */
  readonly look: () => void;
  readonly dispose: () => void;
}

/** What the watch tells. */
export interface ControlListener {
  /** Called after each look, also the first, with what holds of all sweeps together. */
  readonly onLook: (control: SweepControl) => void;
  /** What is asked cannot be read; what was read before still holds. */
  readonly onProblem: (message: string) => void;
}

/**
 * Looks at what is asked of some sweeps, once a second.
 *
 * @param sweeps the one that was started, then those it stands on that are worked on
 */
export function watchControl(
  paths: ResultsPaths,
  sweeps: readonly string[],
  { onLook, onProblem }: ControlListener,
): ControlWatch {
  let control = NO_CONTROL;
  let problem: string | null = null;
  const look = (): void => {
    try {
      control = combine(sweeps.map((sweep) => readSweepControl(paths, sweep)));
      problem = null;
    } catch (error) {
      const message = messageOf(error);
      if (message !== problem) onProblem(message); // said once, not every second
      problem = message;
    }
    onLook(control);
  };
  const timer = setInterval(look, LOOK_MS);
  return {
    look,
    dispose: () => {
      clearInterval(timer);
    },
  };
}

/** The stricter of several wishes; the first sweep's number of jobs counts before the others'. */
function combine(controls: readonly SweepControl[]): SweepControl {
  const stops = controls.map(({ stop }) => stop);
  return {
    paused: controls.some(({ paused }) => paused),
    jobs: controls.find(({ jobs }) => jobs !== null)?.jobs ?? null,
    stop: stops.includes('now') ? 'now' : stops.includes('epoch') ? 'epoch' : null,
  };
}

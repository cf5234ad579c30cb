import { render } from 'ink';
import type { ReactElement } from 'react';
import type { Actions, Correlate } from './actions.js';
import { Dashboard } from './dashboard.js';
import { DashboardModel } from './model/dashboard-model.js';
import type { ReadGpus } from './model/gpu-watch.js';
import { ReaderThread } from './reader/reader-thread.js';
import { FrameStream } from './terminal/frame-stream.js';
import { ScreenContext } from './terminal/screen.js';
import { isTerminalGone } from '../core/terminal-gone.js';
import { TerminalSession } from './terminal/terminal-session.js';
import { createTheme, ThemeContext } from './theme.js';
import type { ResultsPaths } from '../core/run-folder/paths.js';

/** What a dashboard on a terminal needs. */
export interface DashboardOptions {
  readonly paths: ResultsPaths;
  readonly sweep: string;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly environment: NodeJS.ProcessEnv;
  /** What can be done to a sweep. */
  readonly actionsOf: (sweep: string) => Actions;
  readonly correlate: Correlate;
  readonly readGpus: ReadGpus;
  /** Whether this process does the work, so that quitting ends it and is asked about. */
  readonly ownsWork: boolean;
}

/** Why a dashboard ended. */
export type DashboardEnd = 'quit' | 'interrupt' | 'closed';

/** A dashboard that is on the screen. */
export interface ShownDashboard {
  /** Settles when the user has ended it, or `close` was called, and the terminal is as it was. */
  readonly ended: Promise<DashboardEnd>;
  /** Shows another sweep; the one that is shown already stays as it is. */
  readonly show: (sweep: string) => void;
  /** Ends it from outside, as when the sweep is done. */
  readonly close: (end?: DashboardEnd) => void;
}

/**
 * Takes the terminal over and shows a sweep until the user quits.
 *
 * @throws SweepError when there are no results or no such sweep; the terminal is untouched then
 */
export function showDashboard(options: DashboardOptions): ShownDashboard {
  const { paths, stdin, stdout, environment, actionsOf, ownsWork, readGpus } = options;
  const means = { readGpus, startReader: (database: string) => new ReaderThread(database) };
  let model = new DashboardModel(paths, options.sweep, means);
  const session = new TerminalSession(stdout);
  const frames = new FrameStream({
    get columns() {
      return stdout.columns;
    },
    get rows() {
      return stdout.rows;
    },
    write: (text) => {
      stdout.write(text);
    },
  });
  const onResize = (): void => {
    frames.resized();
  };
  let end: DashboardEnd = 'closed';
  const onInputError = (error: Error): void => {
    if (!isTerminalGone(error)) throw error;
  };
  stdin.on('error', onInputError);
  // Before anything is drawn: a key that came between would be echoed into the screen. Ink asks for it again.
  stdin.setRawMode(true);
  session.open();
  stdout.on('resize', onResize);
  const theme = createTheme(environment);
  const draw = (): ReactElement => (
    <ScreenContext value={frames.screen}>
      <ThemeContext value={theme}>
        <Dashboard
          key={model.sweepName}
          model={model}
          actions={actionsOf(model.sweepName)}
          correlate={options.correlate}
          ownsWork={ownsWork}
          onQuit={finish}
          onRedraw={onResize}
        />
      </ThemeContext>
    </ScreenContext>
  );
  const instance = render(draw(), {
    stdout: frames.inPlaceOf(stdout),
    stdin,
    // Each render is one whole frame, which the painter compares with what is on the screen: docs/decisions/0016.
    debug: true,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  const ended = instance
    .waitUntilExit()
    .finally(() => {
      frames.close();
      stdout.off('resize', onResize);
      session.close();
      stdin.setRawMode(false);
      stdin.off('error', onInputError);
      model.close();
    })
    .then(() => end);
  return {
    ended,
    show: (sweep) => {
      if (sweep === model.sweepName) return;
      const before = model;
      model = new DashboardModel(paths, sweep, means);
      instance.rerender(draw());
      before.close();
    },
    close: (reason = 'closed') => {
      finish(reason);
    },
  };

  function finish(reason: DashboardEnd): void {
    end = reason;
    frames.close();
    instance.unmount();
  }
}

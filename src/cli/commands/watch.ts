import { listSweeps } from '../../core/store/sweep-queries.js';
import { SweepError } from '../../core/errors.js';
import { describeDashboardError } from '../dashboard-error.js';
import { EXIT_CODE } from '../exit-code.js';
import { giveWayToTraining } from '../give-way.js';
import { keepUp } from '../keep-up.js';
import { withStore } from '../open-store.js';
import { note } from '../output.js';
import { canShowDashboard, loadDashboard } from '../open-dashboard.js';
import { runList } from './ls.js';
import { type ResultsOptions, resultsOf } from '../results.js';

/** Options of `sweep watch`. */
export interface WatchOptions extends ResultsOptions {
  readonly plain?: true | undefined;
}

/**
 * `sweep watch [SWEEP]`: the dashboard; without a name, of the sweep that was run last. Where there is no terminal,
 * the runs as they stand.
 *
 * @throws SweepError `bad-call` when there are no results or no such sweep
 */
export async function runWatch(name: string | undefined, options: WatchOptions): Promise<void> {
  giveWayToTraining();
  const sweep = name ?? latestSweep(options);
  if (options.plain === true || !canShowDashboard(process.env)) {
    runList(sweep, options);
    return;
  }
  const open = await loadDashboard();
  const paths = resultsOf(options);
  const dashboard = open({ paths, sweep, ownsWork: false });
  const keepingUp = keepUp(paths);
  const onSignal = (): void => {
    dashboard.close('interrupt');
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, onSignal);
  try {
    const end = await dashboard.ended;
    process.exitCode = end === 'interrupt' ? EXIT_CODE.interrupted : EXIT_CODE.completed;
  } catch (error) {
    note(`The dashboard ended with an error. ${describeDashboardError(error)}`);
    process.exitCode = EXIT_CODE.failed;
  } finally {
    const failure = keepingUp.end();
    if (failure !== null)
      note(`What was new could not be taken in. ${describeDashboardError(failure)}`);
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(name, onSignal);
  }
}

function latestSweep(options: ResultsOptions): string {
  const [latest] = withStore(options, ({ db }) => listSweeps(db));
  if (latest !== undefined) return latest.name;
  throw new SweepError('bad-call', {
    message: `No sweep in ${options.results} yet`,
    fix: 'Run a sweep first: npx sweep run experiments/quickstart.yaml',
  });
}

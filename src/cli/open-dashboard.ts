import { isatty } from 'node:tty';
import type { ResultsPaths } from '../core/run-folder/paths.js';
import type { Correlate } from '../tui/actions.js';
import type { ShownDashboard } from '../tui/show-dashboard.js';
import { createDashboardActions } from './dashboard-actions.js';
import { createGpuReader } from './gpu-reader.js';

/** Whether there is a terminal to show a dashboard on, with somebody before it: a CI job may have one and nobody. */
export function canShowDashboard({ CI, TERM }: NodeJS.ProcessEnv): boolean {
  const isCi = CI !== undefined && CI !== '' && CI !== '0' && CI !== 'false';
  return isatty(0) && isatty(1) && !isCi && TERM !== 'dumb';
}

/** What a dashboard is opened for. */
export interface DashboardRequest {
  readonly paths: ResultsPaths;
  readonly sweep: string;
  /** Whether this process does the work. */
  readonly ownsWork: boolean;
}

/** Takes the terminal over. @throws SweepError when there are no results or no such sweep */
export type OpenDashboard = (request: DashboardRequest) => ShownDashboard;

/** Loads Ink and React, which takes longer than `sweep ls` may. */
export async function loadDashboard(): Promise<OpenDashboard> {
  const { showDashboard } = await import('../tui/show-dashboard.js');
  const { pearson } = await import('../analysis/statistics/pearson.js');
  const correlate: Correlate = (nll, top1) => {
    const nllColumn = { name: 'NLL', values: nll };
    const { r, interval, reason } = pearson(nllColumn, { name: 'top-1', values: top1 }, 'epochs');
    return { r, low: interval?.low ?? null, high: interval?.high ?? null, reason };
  };
  return (request) =>
    showDashboard({
      ...request,
      stdin: process.stdin,
      stdout: process.stdout,
      environment: process.env,
      correlate,
      readGpus: createGpuReader(),
      actionsOf: (sweep) => createDashboardActions(request.paths, sweep),
    });
}

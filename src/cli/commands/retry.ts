import { availableParallelism } from 'node:os';
import { anyOf, SweepError } from '../../core/errors.js';
import { deviceName } from '../../core/engine/devices.js';
import { resolveDevices } from '../../core/engine/resolve-devices.js';
import { workingCoordinator } from '../../core/run-folder/coordinators.js';
import type { ResultsPaths } from '../../core/run-folder/paths.js';
import { runsByIds } from '../../core/store/run-queries.js';
import type { RunRow } from '../../core/store/run-row.js';
import { requestRetry } from '../../sweeps/control/run-requests.js';
import { clearSweepControl } from '../../sweeps/control/sweep-control.js';
import { createLocalLauncher } from '../../sweeps/launchers/local.js';
import { probeInProcess } from '../../sweeps/launchers/probe-process.js';
import { createRunFilter } from '../../sweeps/plan/filter-runs.js';
import { doRuns, type RunTodo } from '../../sweeps/scheduler/do-runs.js';
import { createRunPolicy } from '../../sweeps/scheduler/run-policy.js';
import { coordinate } from '../coordinate.js';
import { EXIT_CODE } from '../exit-code.js';
import { findTarget, type Target } from '../find-target.js';
import { gitEnvironment } from '../git-environment.js';
import { withStore } from '../open-store.js';
import { note, printJson } from '../output.js';
import { plainText } from '../plain-text.js';
import { createProgressLines } from '../progress-lines.js';
import { runJson, type RunJson } from '../run-json.js';
import type { ResultsOptions } from '../results.js';

/** States from which a run can be tried again: what completed or diverged has its result. */
const RETRY_STATES = ['failed', 'stopped'] as const;
type RetryState = (typeof RETRY_STATES)[number];

/** Options of `sweep retry`. */
export interface RetryOptions extends ResultsOptions {
  readonly where?: string | undefined;
  readonly state?: RetryState | undefined;
  readonly jobs?: number | undefined;
  readonly device: string;
  readonly retries?: number | undefined;
  readonly json?: true | undefined;
}

/**
 * `sweep retry RUN|SWEEP`: tries failed runs again, each from its last checkpoint. A coordinator at work does it; else
 * this process is one until they have ended.
 *
 * @throws SweepError `bad-call` for an unknown name, a wrong filter, or when no run is left by it
 */
export async function runRetry(text: string, options: RetryOptions): Promise<void> {
  const { json } = options;
  const { target, chosen } = withStore(options, ({ db, paths }) => {
    const found = findTarget(db, text);
    return { target: found, chosen: choose(text, found, paths, options) };
  });
  const ids = chosen.map(({ id }) => id);
  const isCoordinated = withStore(options, ({ paths }) => {
    requestRetry(paths, ids);
    return workingCoordinator(paths) !== null;
  });
  if (isCoordinated) {
    if (json === true) printJson(document(target, 'asked', chosen));
    for (const { name, id } of chosen) note(`${plainText(name)} (${id}) is tried again`);
    note('by the sweep run at work if it has them, else by the next one');
    return;
  }
  await coordinate(options, async ({ paths, held, recorder, db, signals }) => {
    if (target.sweep !== null) clearSweepControl(paths, target.sweep); // this is the newer wish
    const devices = await resolveDevices(options.device, { probe: probeInProcess });
    const plan = planJobs(chosen, options.jobs);
    const observer = createProgressLines(note);
    const names = devices.map(deviceName);
    observer.onBegin({ ...plan, todo: chosen.length, reused: 0, more: 0, devices: names });
    const { outcomes, isStopped } = await doRuns(chosen.map(todoOf(target)), {
      paths,
      held,
      recorder,
      launcher: createLocalLauncher(),
      plan,
      devices,
      environment: gitEnvironment(process.cwd()),
      // Who asks for these runs wants all of them to be tried.
      policy: createRunPolicy({ retries: options.retries, keepGoing: true }),
      signals,
      observer,
      sweeps: target.sweep === null ? [] : [target.sweep],
      values: new Map(),
    });
    const after = runsByIds(db, ids).map((row) => runJson(row, paths));
    if (json === true) printJson(document(target, 'tried', after));
    if (isStopped || signals.stop.aborted || outcomes.count('stopped') > 0)
      process.exitCode = EXIT_CODE.interrupted;
    if (outcomes.count('failed') > 0) process.exitCode = EXIT_CODE.failed;
  });
}

function choose(
  text: string,
  { sweep, runs }: Target,
  paths: ResultsPaths,
  { state, where }: RetryOptions,
): readonly RunJson[] {
  const fits = where === undefined ? (): boolean => true : createRunFilter(where);
  const all = runs.map((row) => runJson(row, paths));
  // One run by its name is meant whatever ended it; of a sweep only what failed, unless the user says more.
  const states: readonly string[] =
    state !== undefined ? [state] : sweep === null ? RETRY_STATES : ['failed'];
  const chosen = all.filter((run) => states.includes(run.state) && fits(run));
  if (chosen.length > 0) return chosen;
  const [only] = all;
  const is = sweep === null && only !== undefined ? `: it is ${only.state}` : '';
  throw new SweepError('bad-call', {
    message: `no run of ${JSON.stringify(text)} is ${anyOf(states)}${where === undefined ? '' : ' and fits --where'}${is}`,
    fix: 'npx sweep ls shows the states; sweep run FILE goes on with all that is left.',
  });
}

/** As many at once as when they ran before: the number of threads of each stays, and with it the bits of its result. */
function planJobs(
  runs: readonly Pick<RunRow, 'threads'>[],
  requested: number | undefined,
): { jobs: number; threads: number } {
  const cores = availableParallelism();
  const threads = Math.min(cores, Math.max(1, ...runs.map((run) => run.threads ?? 1)));
  return { jobs: requested ?? Math.max(1, Math.floor(cores / threads)), threads };
}

function todoOf({ sweep }: Target): (run: RunJson) => RunTodo {
  return ({ id, name, changes, appearances }) => ({
    sweep: sweep ?? appearances[0]?.sweep ?? '',
    name,
    id,
    isContinued: true,
    changes,
  });
}

function document({ sweep }: Target, done: 'asked' | 'tried', runs: readonly RunJson[]): object {
  const list = runs.map(({ id, name, state }) => ({ id, name, state }));
  return { version: 1, kind: 'retry', sweep, done, runs: list };
}

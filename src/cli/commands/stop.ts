import { workingCoordinator } from '../../core/run-folder/coordinators.js';
import type { StopTime } from '../../core/run-folder/stop-request.js';
import { isAtWork } from '../../core/run-folder/run-state.js';
import { SweepError } from '../../core/errors.js';
import { requestRunStop, requestWorkingRunStop } from '../../sweeps/control/run-requests.js';
import { changeSweepControl } from '../../sweeps/control/sweep-control.js';
import { findTarget } from '../find-target.js';
import { withStore } from '../open-store.js';
import { note, printJson } from '../output.js';
import { formatCount } from '../counts.js';
import { plainText } from '../plain-text.js';
import { runJson, type RunJson } from '../run-json.js';
import type { ResultsOptions } from '../results.js';

/** Options of `sweep stop`. */
export interface StopOptions extends ResultsOptions {
  readonly now?: true | undefined;
  readonly afterEpoch?: true | undefined;
  readonly json?: true | undefined;
}

/**
 * `sweep stop RUN|SWEEP`: asks runs to end, and returns at once; `sweep run` goes on with them.
 *
 * Where nothing is at work, what is wished for is so already: that is said, and no error.
 *
 * @throws SweepError `bad-call` for an unknown name
 */
export function runStop(text: string, { now, afterEpoch, json, ...options }: StopOptions): void {
  if (now === true && afterEpoch === true)
    throw new SweepError('bad-call', { message: 'give --now or --after-epoch, not both' });
  const when: StopTime = now === true ? 'now' : 'epoch';
  withStore(options, ({ db, paths }) => {
    const { sweep, runs } = findTarget(db, text);
    const all = runs.map((row) => runJson(row, paths));
    const isCoordinated = workingCoordinator(paths) !== null;
    const asked = all.filter((run) => canBeStopped(run, isCoordinated && sweep === null));
    if (sweep !== null && isCoordinated) changeSweepControl(paths, sweep, { stop: when });
    for (const { id, state } of asked)
      (isAtWork(state) ? requestWorkingRunStop : requestRunStop)(paths, id, when);
    if (json === true) {
      const list = asked.map(({ id, name, state }) => ({ id, name, state }));
      printJson({ version: 1, kind: 'stop', sweep, when, runs: list });
      return;
    }
    if (asked.length === 0 && !(isCoordinated && sweep !== null)) {
      note(`nothing to stop: ${standing(text, sweep, all)}`);
      return;
    }
    const moment = when === 'now' ? 'its current step' : 'its current epoch';
    for (const { name, id } of asked) note(`${plainText(name)} (${id}) ends after ${moment}`);
    if (sweep !== null && isCoordinated) note('no other run of it is started');
    if (when === 'epoch') note('--now ends at once, and loses the epoch that is being trained');
  });
}

/** @param mayWait whether a run that nobody works on can be in the queue of a coordinator */
function canBeStopped({ state }: RunJson, mayWait: boolean): boolean {
  if (isAtWork(state)) return true;
  return mayWait && ['planned', 'stopped', 'failed'].includes(state);
}

/** Of what nobody works on: `small (3f2a91…) is stopped`, or how many runs of a sweep are in which state. */
function standing(text: string, sweep: string | null, runs: readonly RunJson[]): string {
  const [run] = runs;
  if (sweep === null && run !== undefined)
    return `${plainText(run.name)} (${run.id}) is ${run.state}`;
  const counts = new Map<string, number>();
  for (const { state } of runs) counts.set(state, (counts.get(state) ?? 0) + 1);
  const states = [...counts].map(([state, count]) => `${formatCount(count)} ${state}`);
  return `nobody works on ${sweep ?? text}${states.length === 0 ? '' : `, its runs are ${states.join(', ')}`}`;
}

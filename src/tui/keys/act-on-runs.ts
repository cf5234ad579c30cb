import { isAtWork as holdsWorker } from '../../core/run-folder/run-state.js';
import type { RunToActOn } from '../../core/store/dashboard-table-queries.js';
import type { StopMoment } from '../actions.js';
import type { KeyContext } from './key-context.js';
import { choice, momentText, stopChoices } from './stop-choices.js';
import { formatCount, plainText } from '../text/format.js';
import type { DialogChoice } from '../ui-state.js';

/** Keys that act on runs; returns whether this was one. */
export function actOnRuns(input: string, runs: RunsAtHand, context: KeyContext): boolean {
  switch (input) {
    case 'x':
      askToStopRuns(runs, context);
      return true;
    case 'r':
      askToRetry(runs, context);
      return true;
    case 'R':
      askToRetryAll(context);
      return true;
    default:
      return false;
  }
}

/** Which runs a key acts on: the open one, or the marked ones, or the one under the cursor. */
export interface RunsAtHand {
  readonly runs: readonly RunToActOn[];
  /** Whether they were marked, one by one. */
  readonly areMarked: boolean;
}

function askToStopRuns({ runs, areMarked }: RunsAtHand, { actions, change }: KeyContext): void {
  const isAtWork = actions.coordination().isAtWork;
  const chosen = runs.filter(
    ({ state }) => holdsWorker(state) || (isAtWork && (state === 'planned' || state === 'waiting')),
  );
  if (chosen.length === 0) {
    change({ message: nothingToDo(runs, areMarked, 'there is nothing to stop') });
    return;
  }
  const what = nameOf(chosen, runs, areMarked);
  const isRunning = chosen.some(({ state }) => holdsWorker(state));
  const stop = (moment: StopMoment): void => {
    for (const { runId } of chosen) actions.stopRun(runId, moment);
    const [ends, is] = chosen.length === 1 ? ['ends', 'is'] : ['end', 'are'];
    change({
      message: isRunning ? `${what} ${ends} ${momentText(moment)}.` : `${what} ${is} not begun.`,
    });
  };
  const choices = isRunning
    ? stopChoices(stop)
    : [
        choice('y', 'leave it out', () => {
          stop('now');
        }),
      ];
  change({ dialog: { question: `Stop ${what}?`, choices } });
}

function askToRetry({ runs, areMarked }: RunsAtHand, context: KeyContext): void {
  const chosen = runs.filter(({ state }) => state === 'failed' || state === 'stopped');
  if (chosen.length === 0) {
    const why = 'only a failed or stopped run is tried again';
    context.change({ message: nothingToDo(runs, areMarked, why) });
    return;
  }
  const what = nameOf(chosen, runs, areMarked);
  context.change({
    dialog: {
      question: `Try ${what} again?`,
      choices: [retryChoice('y', 'yes', chosen, what, context)],
    },
  });
}

/** All failed runs of the sweep, or all stopped ones too. */
function askToRetryAll(context: KeyContext): void {
  const { model, change, current } = context;
  const looking = 'Looking for failed and stopped runs.';
  change({ message: looking });
  model.runsInStates(['failed', 'stopped'], (all) => {
    // Any key in the meantime has taken the message away: a question that comes late would take keys meant for others.
    if (current().message === looking) askWhichToRetry(all, context);
  });
}

function askWhichToRetry(all: readonly RunToActOn[], context: KeyContext): void {
  const failed = all.filter(({ state }) => state === 'failed');
  if (all.length === 0) {
    context.change({ message: 'No run has failed or was stopped.' });
    return;
  }
  const isAlsoStopped = failed.length < all.length;
  const states = failed.length === 0 ? 'stopped' : 'failed or stopped';
  const choices = [
    ...(failed.length === 0 ? [] : [retryAllChoice('f', failed, 'failed', context)]),
    ...(isAlsoStopped ? [retryAllChoice('a', all, states, context)] : []),
  ];
  context.change({ message: null, dialog: { question: 'Try all again?', choices } });
}

function retryAllChoice(
  key: string,
  runs: readonly RunToActOn[],
  states: string,
  context: KeyContext,
): DialogChoice {
  const [first] = runs;
  const what =
    first !== undefined && runs.length === 1 ? plainText(first.name) : `All ${states} runs`;
  return retryChoice(key, `${count(runs)} ${states}`, runs, what, context);
}

function retryChoice(
  key: string,
  label: string,
  runs: readonly RunToActOn[],
  what: string,
  { actions, change }: KeyContext,
): DialogChoice {
  const act = (): void => {
    actions.retry(runs.map(({ runId }) => runId));
    const isAtWork = actions.coordination().isAtWork;
    const when = isAtWork ? 'as soon as there is room' : 'by the next sweep run';
    change({ message: `${what} ${runs.length === 1 ? 'is' : 'are'} tried again ${when}.` });
  };
  return { key, label, act };
}

/** A run by its name, several by their number. */
function nameOf(
  chosen: readonly RunToActOn[],
  all: readonly RunToActOn[],
  areMarked: boolean,
): string {
  const [first] = chosen;
  if (first !== undefined && (chosen.length === 1 || !areMarked)) return plainText(first.name);
  return chosen.length === all.length
    ? `${count(chosen)} marked runs`
    : `${count(chosen)} of ${count(all)} marked runs`;
}

function nothingToDo(runs: readonly RunToActOn[], areMarked: boolean, why: string): string {
  const [first] = runs;
  return areMarked || first === undefined
    ? `Of the marked runs none fits: ${why}.`
    : `${plainText(first.name)} is ${first.state}: ${why}.`;
}

function count(runs: readonly RunToActOn[]): string {
  return formatCount(runs.length);
}

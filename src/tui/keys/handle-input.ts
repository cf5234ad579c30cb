import type { Key } from 'ink';
import { SweepError } from '../../core/errors.js';
import { storageProblem } from '../../core/run-folder/storage-problem.js';
import { actOnRuns } from './act-on-runs.js';
import { actOnSweep } from './act-on-sweep.js';
import { annotate } from './annotate.js';
import { decodeInput } from './decode-input.js';
import type { KeyContext } from './key-context.js';
import { answerDialog, typeText } from './prompt-keys.js';
import { recordedAtHand, runAtHand, runsAtHand, tellThatItWaits, toggled } from './run-at-hand.js';
import { handleRun, scrollBy } from './run-keys.js';
import { handleTable } from './table-keys.js';
import { plainText } from '../text/format.js';

/** Does what keys ask for; what the disk or the sweep refuses is said on the screen. */
export function handleInput(input: string, key: Key, context: KeyContext): void {
  try {
    for (const [sign, pressed] of decodeInput(input, key)) handleKey(sign, pressed, context);
  } catch (error) {
    const problem = error instanceof SweepError ? error : storageProblem(error);
    if (problem === null) throw error;
    const [first] = problem.diagnostics;
    const where = first?.where === undefined ? '' : `: ${first.where}`;
    context.change({
      message: plainText(`Not done, ${first?.message ?? problem.message}${where}`),
    });
  }
}

function handleKey(input: string, key: Key, context: KeyContext): void {
  const { current, change } = context;
  if (key.ctrl && input === 'c') {
    context.onQuit('interrupt');
    return;
  }
  if (key.ctrl && input === 'l') {
    context.onRedraw();
    return;
  }
  const ui = current();
  if (ui.message !== null) change({ message: null });
  if (ui.dialog !== null) answerDialog(input, key, ui.dialog, change);
  else if (ui.typing !== null) typeText(input, key, ui.typing, change);
  else if (!handleAnywhere(input, key, context)) handleView(input, key, context);
}

/** Keys that mean the same on every screen; returns whether this was one. */
function handleAnywhere(input: string, key: Key, context: KeyContext): boolean {
  const { current, change, model } = context;
  const ui = current();
  switch (input) {
    case '?':
      change({ isHelpShown: !ui.isHelpShown });
      return true;
    case 'q':
      askToQuit(context);
      return true;
  }
  if (!key.escape) return ui.isHelpShown;
  if (ui.isHelpShown) change({ isHelpShown: false });
  else if (ui.view.kind !== 'runs') change({ view: { kind: 'runs' } });
  else if (ui.request.filter !== '') change({ request: { ...ui.request, filter: '' }, cursor: 0 });
  else if (ui.marked.size > 0) change({ marked: new Map() });
  model.poll();
  return true;
}

function askToQuit({ ownsWork, onQuit, change }: KeyContext): void {
  if (!ownsWork) {
    onQuit('quit');
    return;
  }
  change({
    dialog: {
      question: 'Stop the sweep? It goes on later where it stopped.',
      choices: [
        {
          key: 'y',
          label: 'stop and quit',
          isDestructive: true,
          act: () => {
            onQuit('quit');
          },
        },
      ],
    },
  });
}

function handleView(input: string, key: Key, context: KeyContext): void {
  const { view } = context.current();
  if (input === 'c') showCurves(context);
  else if (input === 'a') context.change({ view: { kind: 'answers' }, scroll: 0 });
  else if (
    actOnSweep(input, context) ||
    tellThatItWaits(input, context) ||
    actsOnRuns(input, context) ||
    annotate(input, recordedAtHand(context), context)
  )
    return;
  else if (view.kind === 'runs') handleTable(input, key, context);
  else if (view.kind === 'run') handleRun(input, key, view.row, context);
  else if (view.kind === 'answers') scrollBy(key, input, context);
}

/** The curves of the marked runs; without marks, of the run under the cursor. */
function showCurves(context: KeyContext): void {
  const { change, current } = context;
  const { marked } = current();
  if (tellThatItWaits('c', context)) return;
  const row = recordedAtHand(context);
  if (marked.size === 0 && row === undefined) return;
  const compared = marked.size > 0 || row === undefined ? marked : toggled(marked, row);
  change({ view: { kind: 'curves' }, marked: compared });
}

const NO_RUNS = { runs: [], areMarked: false };

/** Keys that act on runs are heard where a run is in sight. */
function actsOnRuns(input: string, context: KeyContext): boolean {
  if (!'xrR'.includes(input)) return false;
  // R is for all runs: it is heard on a run that waits, too.
  const runs = runsAtHand(context) ?? (runAtHand(context) === undefined ? null : NO_RUNS);
  return runs !== null && actOnRuns(input, runs, context);
}

import type { Key } from 'ink';
import type { RecordedRow, TableRow } from '../core/store/dashboard-table-queries.js';
import type { ChangeUi } from './hooks/use-ui-state.js';
import type { KeyContext } from './key-context.js';
import { actOnRuns, type RunsAtHand } from './act-on-runs.js';
import { actOnSweep } from './act-on-sweep.js';
import { annotate } from './annotate.js';
import { plainText } from './text/format.js';
import { type Dialog, nextGroup, nextSort, type Typing } from './ui-state.js';

const NO_KEY: Key = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageDown: false,
  pageUp: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  ctrl: false,
  shift: false,
  tab: false,
  backspace: false,
  delete: false,
  meta: false,
  super: false,
  hyper: false,
  capsLock: false,
  numLock: false,
};

/** Does what keys ask for. Those that arrive together come as one input, and each must be heard. */
export function handleInput(input: string, key: Key, context: KeyContext): void {
  const signs = Array.from(input);
  if (signs.length < 2) {
    handleKey(input, key, context);
    return;
  }
  for (const sign of signs) handleSign(sign, context);
}

/** A sign out of several: the keys that have no sign of their own are told by their control characters. */
function handleSign(sign: string, context: KeyContext): void {
  if (sign === '\r' || sign === '\n') handleKey('', { ...NO_KEY, return: true }, context);
  else if (sign === '\u007f') handleKey('', { ...NO_KEY, backspace: true }, context);
  else if (sign === '\u0003') handleKey('c', { ...NO_KEY, ctrl: true }, context);
  else handleKey(sign, NO_KEY, context);
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
  if (key.meta && !key.escape && input !== '') {
    // Escape and a key that came together look like Alt and that key, which means nothing here.
    handleKey('', { ...NO_KEY, escape: true, meta: true }, context);
    handleKey(input, { ...key, meta: false }, context);
    return;
  }
  const ui = current();
  if (ui.message !== null) change({ message: null });
  if (ui.dialog !== null) answerDialog(input, key, ui.dialog, change);
  else if (ui.typing !== null) typeText(input, key, ui.typing, change);
  else if (!handleAnywhere(input, key, context)) handleView(input, key, context);
}

function answerDialog(input: string, key: Key, { choices }: Dialog, change: ChangeUi): void {
  if (key.escape) {
    change({ dialog: null });
    return;
  }
  const choice = choices.find((one) => one.key === input);
  if (choice === undefined) return;
  change({ dialog: null });
  choice.act();
}

function typeText(input: string, key: Key, typing: Typing, change: ChangeUi): void {
  if (key.escape) {
    change({ typing: null });
    typing.onEscape?.();
  } else if (key.return) {
    change({ typing: null });
    typing.onEnter(typing.text);
  } else if (key.backspace || key.delete) {
    retype(Array.from(typing.text).slice(0, -1).join(''));
  } else if (input !== '' && !key.ctrl && !key.meta && !key.tab) {
    retype(typing.text + input.replaceAll(/\p{Cc}/gu, ' '));
  }

  function retype(text: string): void {
    change({ typing: { ...typing, text } });
    typing.onChange?.(text);
  }
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

/** Moves what is read up and down; returns whether the key did. */
function scrollBy(key: Key, input: string, context: KeyContext): boolean {
  const { current, change, pageLines, mostScroll } = context;
  const { scroll } = current();
  const to = ((): number | null => {
    if (key.upArrow || input === 'k') return scroll - 1;
    if (key.downArrow || input === 'j') return scroll + 1;
    if (key.pageUp) return scroll - pageLines;
    if (key.pageDown) return scroll + pageLines;
    if (key.home) return 0;
    return key.end ? Infinity : null;
  })();
  if (to === null) return false;
  change({ scroll: Math.min(mostScroll(), Math.max(0, to)) });
  return true;
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

function handleRun(input: string, key: Key, row: TableRow, context: KeyContext): void {
  const { current, change } = context;
  const { textsBack, marked } = current();
  if (row.runId === null) return;
  const moments = context.model.run(row.runId)?.moments.length ?? 0;
  const lastBack = Math.max(0, moments - 1);
  if (scrollBy(key, input, context)) return;
  if (key.leftArrow || input === 'h') change({ textsBack: Math.min(lastBack, textsBack + 1) });
  else if (key.rightArrow || input === 'l')
    change({ textsBack: Math.max(0, Math.min(lastBack, textsBack) - 1) });
  else if (input === ' ') change({ marked: toggled(marked, row) });
}

function handleTable(input: string, key: Key, context: KeyContext): void {
  const { current, change, model, pageLines } = context;
  const ui = current();
  const last = Math.max(0, model.countRows(ui.request) - 1);
  const move = (cursor: number): void => {
    change({ cursor: Math.min(last, Math.max(0, cursor)) });
  };
  const cursor = Math.min(ui.cursor, last);
  if (key.upArrow || input === 'k') move(cursor - 1);
  else if (key.downArrow || input === 'j') move(cursor + 1);
  else if (key.pageUp) move(cursor - pageLines);
  else if (key.pageDown) move(cursor + pageLines);
  else if (key.home) move(0);
  else if (key.end || input === 'G') move(last);
  else if (key.return) {
    const row = rowUnderCursor(context);
    if (row !== undefined) change({ view: { kind: 'run', row }, textsBack: 0, scroll: 0 });
  } else if (input === 's') change({ request: nextSort(ui.request), cursor: 0 });
  else if (input === 'S')
    change({ request: { ...ui.request, isReversed: !ui.request.isReversed }, cursor: 0 });
  else if (input === 'g') change({ request: nextGroup(ui.request, model.sweptKeys()), cursor: 0 });
  else if (input === '/') typeFilter(context);
  else if (input === ' ') {
    const row = recordedAtHand(context);
    if (row !== undefined)
      change({ marked: toggled(ui.marked, row), cursor: Math.min(last, cursor + 1) });
  }
}

function typeFilter({ current, change }: KeyContext): void {
  const before = current().request.filter;
  const filter = (text: string): void => {
    change({ request: { ...current().request, filter: text }, cursor: 0 });
  };
  change({
    typing: {
      label: 'filter ',
      text: before,
      onChange: filter,
      onEnter: filter,
      onEscape: () => {
        filter(before);
      },
    },
  });
}

/** Keys that act on runs are heard where a run is in sight. */
function actsOnRuns(input: string, context: KeyContext): boolean {
  if (!'xrR'.includes(input)) return false;
  const runs = runsAtHand(context);
  return runs !== null && actOnRuns(input, runs, context);
}

/** Null where there is none. */
function runsAtHand(context: KeyContext): RunsAtHand | null {
  const { view, marked } = context.current();
  if (view.kind === 'runs' && marked.size > 0)
    return { runs: context.model.runsByIds([...marked.keys()]), areMarked: true };
  const row = recordedAtHand(context);
  return row === undefined ? null : { runs: [row], areMarked: false };
}

/** The run that a key acts on: the one that is open, else the one under the cursor. */
function runAtHand(context: KeyContext): TableRow | undefined {
  const { view } = context.current();
  if (view.kind === 'run') return context.model.rowOfPlan(view.row.position);
  return view.kind === 'runs' ? rowUnderCursor(context) : undefined;
}

/** The same, unless it stands on a result which is not there yet. */
function recordedAtHand(context: KeyContext): RecordedRow | undefined {
  const row = runAtHand(context);
  return row === undefined || row.runId === null ? undefined : row;
}

/** A run that stands on a result which is not there yet says so to keys that act on a run; returns whether it did. */
function tellThatItWaits(input: string, context: KeyContext): boolean {
  const { view, marked } = context.current();
  const isMeant = 'nt '.includes(input) || view.kind === 'run' || marked.size === 0;
  if (!'xrcnt '.includes(input) || input === '' || !isMeant) return false;
  const row = runAtHand(context);
  if (row === undefined || row.runId !== null) return false;
  context.change({ message: `${plainText(row.name)} waits: ${plainText(row.waitingFor)}.` });
  return true;
}

/** Undefined when the table is empty. */
function rowUnderCursor({ current, model }: KeyContext): TableRow | undefined {
  const { request, cursor } = current();
  const last = Math.max(0, model.countRows(request) - 1);
  return model.rowAt(request, Math.min(cursor, last));
}

function toggled(marked: ReadonlyMap<string, string>, row: RecordedRow): Map<string, string> {
  const next = new Map(marked);
  if (!next.delete(row.runId)) next.set(row.runId, row.name);
  return next;
}

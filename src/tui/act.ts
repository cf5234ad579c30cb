import type { TableRow } from '../core/store/dashboard-table-queries.js';
import type { StopMoment } from './actions.js';
import type { KeyContext } from './key-context.js';
import { plainText } from './text/format.js';
import type { DialogChoice } from './ui-state.js';

/** Keys that act on the sweep; returns whether this was one. */
export function actOnSweep(input: string, context: KeyContext): boolean {
  switch (input) {
    case 'p':
      whenAtWork(context, () => {
        togglePause(context);
      });
      return true;
    case '+':
    case '=':
    case '-':
      whenAtWork(context, () => {
        changeJobs(input === '-' ? -1 : 1, context);
      });
      return true;
    case 'X':
      whenAtWork(context, () => {
        askToStopSweep(context);
      });
      return true;
    default:
      return false;
  }
}

/** Keys that act on one run; returns whether this was one. */
export function actOnRun(input: string, row: TableRow | undefined, context: KeyContext): boolean {
  if (row === undefined) return false;
  if (input === 'x') askToStopRun(row, context);
  else if (input === 'r') askToRetry(row, context);
  else return false;
  return true;
}

/** A wish that only a process at work obeys would be forgotten by the next one: it is not made. */
function whenAtWork({ actions, change }: KeyContext, act: () => void): void {
  if (actions.coordination().startedAt === null)
    change({ message: 'Nothing is at work here: sweep run starts the sweep.' });
  else act();
}

function togglePause({ actions, change }: KeyContext): void {
  const isPaused = !actions.coordination().isPaused;
  actions.setPaused(isPaused);
  change({
    message: isPaused
      ? 'Paused: no new run starts, those at work go on. p goes on.'
      : 'The sweep goes on.',
  });
}

function changeJobs(by: 1 | -1, { actions, model, change }: KeyContext): void {
  const now = actions.coordination().jobs ?? Math.max(1, model.overview().live.length);
  const jobs = Math.max(1, now + by);
  actions.setJobs(jobs);
  change({ message: `Runs at once: ${jobs}.` });
}

function askToStopSweep({ actions, change }: KeyContext): void {
  change({
    dialog: {
      question: 'Stop the whole sweep?',
      choices: stopChoices((moment) => {
        actions.stopSweep(moment);
        change({ message: `The sweep ends ${momentText(moment)}; sweep run goes on with it.` });
      }),
    },
  });
}

function askToStopRun(row: TableRow, { actions, change }: KeyContext): void {
  const name = plainText(row.name);
  const isWaiting = row.state === 'planned' && actions.coordination().startedAt !== null;
  if (row.state !== 'running' && !isWaiting) {
    change({ message: `${name} is ${row.state}: there is nothing to stop.` });
    return;
  }
  const stop = (moment: StopMoment): void => {
    actions.stopRun(row.runId, moment);
    change({
      message: isWaiting ? `${name} is not begun.` : `${name} ends ${momentText(moment)}.`,
    });
  };
  const choices = isWaiting
    ? [
        choice('y', 'leave it out', () => {
          stop('now');
        }),
      ]
    : stopChoices(stop);
  change({ dialog: { question: `Stop ${name}?`, choices } });
}

function askToRetry(row: TableRow, { actions, change }: KeyContext): void {
  const name = plainText(row.name);
  if (row.state !== 'failed' && row.state !== 'stopped') {
    change({ message: `${name} is ${row.state}: only a failed or stopped run is tried again.` });
    return;
  }
  const isAtWork = actions.coordination().startedAt !== null;
  const act = (): void => {
    actions.retry([row.runId]);
    const when = isAtWork ? 'as soon as there is room' : 'by the next sweep run';
    change({ message: `${name} is tried again ${when}.` });
  };
  change({
    dialog: {
      question: `Try ${name} again?`,
      choices: [{ key: 'y', label: 'yes', act }],
    },
  });
}

/** Ending at once is what loses work: the epoch is trained again when the run goes on. */
function stopChoices(stop: (moment: StopMoment) => void): DialogChoice[] {
  return [
    {
      key: 'e',
      label: 'after the epoch',
      act: () => {
        stop('epoch');
      },
    },
    choice('n', 'now, losing the epoch', () => {
      stop('now');
    }),
  ];
}

function choice(key: string, label: string, act: () => void): DialogChoice {
  return { key, label, isDestructive: true, act };
}

function momentText(moment: StopMoment): string {
  return moment === 'now' ? 'after its current step' : 'after its current epoch';
}

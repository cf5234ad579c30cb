import type { KeyContext } from './key-context.js';
import { stopChoices } from './stop-choices.js';

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

/** A wish that only a process at work obeys would be forgotten by the next one: it is not made. */
function whenAtWork({ actions, change }: KeyContext, act: () => void): void {
  if (!actions.coordination().isAtWork)
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
        const when = moment === 'now' ? 'after its current steps' : 'after its current epochs';
        change({ message: `The sweep ends ${when}; sweep run goes on with it.` });
      }),
    },
  });
}

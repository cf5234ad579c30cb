import type { StopMoment } from '../actions.js';
import type { DialogChoice } from '../ui-state.js';

/** Ending at once is what loses work: the epoch is trained again when the run goes on. */
export function stopChoices(stop: (moment: StopMoment) => void): DialogChoice[] {
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

export function choice(key: string, label: string, act: () => void): DialogChoice {
  return { key, label, isDestructive: true, act };
}

export function momentText(moment: StopMoment): string {
  return moment === 'now' ? 'after its current step' : 'after its current epoch';
}

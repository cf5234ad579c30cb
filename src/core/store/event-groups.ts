import type { RunEvent } from '../run-folder/event.js';

/** An event of an epoch. */
type EpochEvent = Extract<RunEvent, { type: 'epoch' }>;

/** Epochs that follow each other in a log, or one other event. */
export type EventGroup =
  | { readonly type: 'epochs'; readonly epochs: readonly EpochEvent[]; readonly last: EpochEvent }
  | {
      readonly type: 'event';
      readonly event: Exclude<RunEvent, EpochEvent>;
      readonly last: RunEvent;
    };

/**
 * Puts epochs that follow each other together, which most of a log is. Other events keep their place between them.
 *
 * @param lastSeq events up to this number are left out
 */
export function groupEvents(events: readonly RunEvent[], lastSeq: number): readonly EventGroup[] {
  const groups: EventGroup[] = [];
  let epochs: EpochEvent[] = [];
  const close = (): void => {
    const last = epochs.at(-1);
    if (last !== undefined) groups.push({ type: 'epochs', epochs, last });
    epochs = [];
  };
  let seen = lastSeq;
  for (const event of events) {
    if (event.seq <= seen) continue;
    seen = event.seq;
    if (event.type === 'epoch') epochs.push(event);
    else {
      close();
      groups.push({ type: 'event', event, last: event });
    }
  }
  close();
  return groups;
}
